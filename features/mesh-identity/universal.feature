Feature: MeshIdentity on universal
  On universal the default path is the workload's, which a dataplane has by its label `kuma.io/workload` or by its token. The
  control plane refuses one that has neither, so none is here: such sources are an error.

  Background:
    Given the resources in "universal.yaml"
    And the permission "orders-callers" on workloads where app is "orders":
      """yaml
      - default:
          allow:
            - spiffeID:
                type: Exact
                value: spiffe://default.default.mesh.local/workload/billing
      """

  Rule: a labelled dataplane is its workload
    Scenario Outline: and is let in as such (<target>)
      Given the target "<target>"
      Then these calls are decided so:
        | caller                                             | callee    | decision | rule           |
        | billing-1                                          | orders-1  | allow    | orders-callers |
        | orders-1                                           | orders-1  | deny     | default        |
        | billing-1                                          | billing-1 | deny     | default        |
        | spiffe://default.default.mesh.local/workload/other | orders-1  | deny     | default        |

      Examples:
        | target    |
        | kuma-2.13 |
        | kuma-2.14 |
        | kuma-3    |

  Rule: a token's workload stands in for the label
    Example: a dataplane without the label is the workload of its token
      Given the target "kuma-3"
      And the resources in "unlabelled.yaml"
      And the dataplane tokens carry the workload "billing"
      Then these calls are decided so:
        | caller    | callee   | decision | rule           |
        | billing-2 | orders-1 | allow    | orders-callers |
