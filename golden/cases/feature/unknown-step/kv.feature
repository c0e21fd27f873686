# language: de
Funktionalität: eine Richtlinie mit Fehlern

  Grundlage:
    Angenommen the ressources in "mesh.yaml"
    Und my own database is seeded
    Und the permission "kv-callers" on workloads where app is "kv":
      | allow | spiffe://default.default.mesh.local/ns/kuma-demo/sa/default |
    Und the permission "all" on all workloads:
      """
      allow  spiffe://default.default.mesh.local/ns/Kuma
      deny   prefix "http://default.default.mesh.local"
      """
    Und the target "kuma-2.15"
