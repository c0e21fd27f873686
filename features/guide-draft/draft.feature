Feature: issuing identity, for Kuma and for Kong Mesh
  The draft of Kuma's guide is rendered for two products, whose control planes differ in their namespace. It shows the MeshTrust
  too that the control plane makes of the MeshIdentity; both are here as they stand there.

  Background:
    Given the resources in "../kuma-demo/kuma-demo.yaml"

  Scenario Outline: zero trust at first, then the namespace (<product>, <target>)
    Given the target "<target>"
    And the resources in "<product>.yaml"
    When "kuma-demo/demo-app" calls "kuma-demo/kv" with POST "/api/key-value/counter"
    Then the call is denied
    And no rule matched
    Given the resources in "../kuma-demo/permission.yaml"
    When "kuma-demo/demo-app" calls "kuma-demo/kv" with POST "/api/key-value/counter"
    Then the call is allowed by "mtp"

    Examples:
      | product   | target    |
      | kuma      | envoy     |
      | kuma      | kuma-2.12 |
      | kuma      | kuma-2.13 |
      | kuma      | kuma-2.14 |
      | kuma      | kuma-3    |
      | kong-mesh | kuma-2.12 |
      | kong-mesh | kuma-2.14 |

  Scenario Outline: "in the future if you want to be more specific" (<product>)
    Given the target "kuma-2.14"
    And the resources in "<product>.yaml"
    And the permission "kv-callers" on workloads where app is "kv":
      """yaml
      - default:
          allow:
            - spiffeID:
                type: Exact
                value: spiffe://default.default.mesh.local/ns/kuma-demo/sa/default
      """
    Then these calls are decided so:
      | caller                                                            | callee       | decision | rule       |
      | kuma-demo/demo-app                                                | kuma-demo/kv | allow    | kv-callers |
      | spiffe://default.default.mesh.local/ns/kuma-demo-2/sa/default     | kuma-demo/kv | deny     | default    |

    Examples:
      | product   |
      | kuma      |
      | kong-mesh |
