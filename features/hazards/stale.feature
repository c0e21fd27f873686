Feature: what was issued before goes on
  Certificates and trusts outlive the resources that they were made from.

  Background:
    Given the resources in "../kuma-demo/kuma-demo.yaml"

  Rule: a workload whose labels change keeps its SVID until it is renewed
    Example: a pod that moved is let in by its old identity, for up to four fifths of the SVID's lifetime
      Given the target "kuma-3"
      And the resources in "../kuma-demo/identity.yaml"
      And the permission "kv-callers" on workloads where app is "kv":
        """yaml
        - default:
            allow:
              - spiffeID:
                  type: Exact
                  value: spiffe://default.default.mesh.local/ns/kuma-demo/sa/before
        """
      Then these calls are decided so:
        | caller                                                       | callee       | decision | rule       |
        | kuma-demo/demo-app                                           | kuma-demo/kv | deny     | default    |
        | spiffe://default.default.mesh.local/ns/kuma-demo/sa/before   | kuma-demo/kv | allow    | kv-callers |

  Rule: a trust domain that is edited leaves the MeshTrust behind
    Scenario Outline: the mesh's own workloads are refused, permission or not (<target>)
      Given the target "<target>"
      And the resources in "edited-trust-domain.yaml"
      And the permission "everybody" on all workloads:
        """yaml
        - default:
            allow:
              - spiffeID:
                  type: Prefix
                  value: spiffe://edited.mesh.local
              - spiffeID:
                  type: Prefix
                  value: spiffe://default.default.mesh.local
        """
      Then these calls are decided so:
        | caller                                                      | callee       | decision       |
        | kuma-demo/demo-app                                          | kuma-demo/kv | refused by TLS |
        | spiffe://default.default.mesh.local/ns/kuma-demo/sa/default | kuma-demo/kv | allow          |

      Examples:
        | target    |
        | kuma-2.12 |
        | kuma-2.13 |
        | kuma-2.14 |
        | kuma-3    |
