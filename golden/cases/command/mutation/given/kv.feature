Feature: who reads kv
  Background:
    Given the resources in "mesh.yaml"
    And the resources in "identity.yaml"
    And the resources in "kv.yaml"
    And the resources in "web.yaml"

  Rule: the demo reads
    Background:
      Given the permission "kv-callers" on workloads where app is "kv":
        """
        deny         spiffe://default.default.mesh.local/ns/kuma-demo/sa/untrusted
        shadow-deny  spiffe://default.default.mesh.local/ns/legacy/** to GET
        allow        spiffe://default.default.mesh.local/ns/kuma-demo/** to GET, HEAD "/api/**"
        """

    Example: the web reads
      When "kuma-demo/web" calls "kuma-demo/kv" with GET "/api/counter"
      Then the call is allowed by "kv-callers"

    Example: another namespace does not
      When "spiffe://default.default.mesh.local/ns/other/sa/web" calls "kuma-demo/kv" with GET "/api/counter"
      Then the call is denied
