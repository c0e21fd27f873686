Feature: which of several permissions decides
  What a deny is worth depends on the version of Kuma, and on the form it is written in.

  Background:
    Given the resources in "../kuma-demo/kuma-demo.yaml"
    And the resources in "../kuma-demo/identity.yaml"

  Rule: before 2.14 a mesh-wide allow hides the deny of a more specific permission
    Scenario Outline: an untrusted caller of kv is <decision> (<target>)
      Given the target "<target>"
      And the permission "mesh-allow" on all workloads:
        """yaml
        - default:
            allow:
              - spiffeID:
                  type: Prefix
                  value: spiffe://default.default.mesh.local
        """
      And the permission "kv-deny" on workloads where app is "kv":
        """yaml
        - default:
            deny:
              - spiffeID:
                  type: Exact
                  value: spiffe://default.default.mesh.local/ns/evil/sa/default
        """
      Then these calls are decided so:
        | caller                                                 | callee       | decision   | rule   |
        | spiffe://default.default.mesh.local/ns/evil/sa/default | kuma-demo/kv | <decision> | <rule> |
        | kuma-demo/demo-app                                     | kuma-demo/kv | allow      | mesh-allow |

      Examples:
        | target    | decision | rule       |
        | kuma-2.12 | allow    | mesh-allow |
        | kuma-2.13 | allow    | mesh-allow |
        | kuma-2.14 | deny     | kv-deny    |
        | kuma-3    | deny     | kv-deny    |

  Rule: since 2.14 a more specific allow cannot override the mesh's deny
    Scenario Outline: the demo app stays out of kv (<target>)
      Given the target "<target>"
      And the permission "mesh-deny" on all workloads:
        """yaml
        - default:
            deny:
              - spiffeID:
                  type: Prefix
                  value: spiffe://default.default.mesh.local/ns/kuma-demo
        """
      And the permission "kv-allow" on workloads where app is "kv":
        """yaml
        - default:
            allow:
              - spiffeID:
                  type: Exact
                  value: spiffe://default.default.mesh.local/ns/kuma-demo/sa/default
        """
      When "kuma-demo/demo-app" calls "kuma-demo/kv"
      Then the call is denied by "mesh-deny"

      Examples:
        | target    |
        | kuma-2.14 |
        | kuma-3    |

  Rule: in a `from` it can: who moves to `rules` gets the opposite
    Example: the same two permissions with `from`
      Given the target "kuma-2.14"
      And the resources in "legacy-order.yaml"
      When "web-1" calls "kv-1"
      Then the call is allowed by "kv-allow"
      When "batch-1" calls "kv-1"
      Then the call is denied
