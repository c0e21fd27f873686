Feature: Exact never matches a certificate of builtin mTLS
  Envoy compares a rule with all URI SANs of a certificate, joined by commas. The mesh's own certificates have several, so that a
  rule for the exact SPIFFE ID matches none of them: an allow lets nobody in, and a deny keeps nobody out.

  Rule: an allow of the exact SPIFFE ID lets nobody in
    Background:
      Given the target "kuma-2.14"
      And the resources in "../kong-mesh-spire/demo.yaml"
      And the permission "exact" on workloads where app is "kv":
        """yaml
        - default:
            allow:
              - spiffeID:
                  type: Exact
                  value: spiffe://default/demo-app_kong-mesh-demo_svc_5050
        """

    Example: the demo app has that SPIFFE ID, and others beside
      When "kong-mesh-demo/demo-app" calls "kong-mesh-demo/kv"
      Then the call is denied
      And no rule matched

    Example: a certificate with this one SAN alone would match
      When "spiffe://default/demo-app_kong-mesh-demo_svc_5050" calls "kong-mesh-demo/kv"
      Then the call is allowed by "exact"

  Rule: a deny of the exact SPIFFE ID is bypassed
    Example: the demo app is let in by the wider rule
      Given the target "kuma-2.14"
      And the resources in "../kong-mesh-spire/demo.yaml"
      And the permission "kv-callers" on workloads where app is "kv":
        """yaml
        - default:
            deny:
              - spiffeID:
                  type: Exact
                  value: spiffe://default/demo-app_kong-mesh-demo_svc_5050
            allow:
              - spiffeID:
                  type: Prefix
                  value: spiffe://default/demo-app
        """
      Then these calls are decided so:
        | caller                                            | callee            | decision | rule       |
        | kong-mesh-demo/demo-app                           | kong-mesh-demo/kv | allow    | kv-callers |
        | spiffe://default/demo-app_kong-mesh-demo_svc_5050 | kong-mesh-demo/kv | deny     | kv-callers |

  Rule: a third party's certificate with two SPIFFE IDs is the same
    Example: a deny of either is bypassed by the pair
      Given the target "kuma-3"
      And the resources in "../kuma-demo/kuma-demo.yaml"
      And the resources in "../kuma-demo/identity.yaml"
      And the permission "demo-callers" on workload "kuma-demo/kv":
        """yaml
        - default:
            deny:
              - spiffeID:
                  type: Exact
                  value: spiffe://default.default.mesh.local/ns/kuma-demo/sa/bad
            allow:
              - spiffeID:
                  type: Prefix
                  value: spiffe://default.default.mesh.local/ns/kuma-demo
        """
      Then these calls are decided so:
        | caller                                                                                                              | callee       | decision | rule         |
        | spiffe://default.default.mesh.local/ns/kuma-demo/sa/bad                                                             | kuma-demo/kv | deny     | demo-callers |
        | spiffe://default.default.mesh.local/ns/kuma-demo/sa/bad and spiffe://default.default.mesh.local/ns/kuma-demo/sa/bad | kuma-demo/kv | allow    | demo-callers |
