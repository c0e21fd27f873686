# language: de
@target:envoy @target:kuma-2.12 @target:kuma-3
Funktionalität: Schlüsselwörter in einer anderen Sprache
  Die Schlüsselwörter sind die der Sprache, die Sätze die von Writ. Was hier gilt, gilt für jedes der Ziele in den Tags.

  Grundlage:
    Angenommen the resources in "shop.yaml"
    Und workloads in namespace "shop" may call "shop/db"
    Und "shop/db" may not call "shop/db"

  Regel: die Reihenfolge der Sätze bedeutet nichts
    Szenariogrundriss: <wer> darf: <was>
      Wenn "<wer>" calls "shop/db"
      Dann the call is <was>

      Beispiele:
        | wer                                                 | was     |
        | shop/web                                            | allowed |
        | shop/db                                             | denied  |
        | spiffe://default.default.mesh.local/ns/laden/sa/web | denied  |
