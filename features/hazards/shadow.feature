Feature: one allowWithShadowDeny anywhere makes all other callers count as shadow-denied
  Kuma's shadow rules deny by default: as soon as one is there, the counter `shadow_denied` counts everybody, those too whom a
  plain allow lets in. Writ's own target reports those only whom the rule is about.

  Background:
    Given the resources in "../kuma-demo/kuma-demo.yaml"
    And the resources in "../kuma-demo/identity.yaml"
    And the resources in "../kuma-demo/permission.yaml"
    And the permission "trial" on workloads where app is "kv":
      """yaml
      - default:
          allowWithShadowDeny:
            - spiffeID:
                type: Exact
                value: spiffe://default.default.mesh.local/ns/other/sa/x
      """

  Scenario Outline: the demo app is <demo app>, the one on trial is shadow-denied (<target>)
    Given the target "<target>"
    Then these calls are decided so:
      | caller                                            | callee             | decision    |
      | kuma-demo/demo-app                                | kuma-demo/kv       | <demo app>  |
      | spiffe://default.default.mesh.local/ns/other/sa/x | kuma-demo/kv       | shadow-deny |
      | kuma-demo/kv                                      | kuma-demo/demo-app | allow       |

    Examples:
      | target    | demo app    |
      | kuma-2.12 | shadow-deny |
      | kuma-2.13 | shadow-deny |
      | kuma-2.14 | shadow-deny |
      | kuma-3    | shadow-deny |
      | envoy     | allow       |
