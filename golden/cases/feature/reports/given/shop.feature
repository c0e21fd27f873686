Feature: the shop
  Background:
    Given these workloads:
      | workload | service account | labels  | ports |
      | shop/web | web             | app=web | 8080  |
      | shop/db  | db              | app=db  | 5432  |
    And these identities:
      | identity | SPIFFE ID                                                          |
      | all      | spiffe://shop.example/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }} |
    And "spiffe://shop.example/ns/shop/**" may call "shop/db"

  @smoke
  Scenario: the web reads orders
    When "shop/web" calls "shop/db"
    Then the call is allowed

  Rule: strangers, "100%" of them
    Scenario Outline: <caller> stays out: always, everywhere
      When "<caller>" calls "shop/db"
      Then the call is denied
      Examples:
        | caller                            |
        | spiffe://shop.example/ns/ops/sa/a |
        | shop/web                          |

    Scenario: a misspelt step
      When "shop/web" cals "shop/db"
      Then the call is denied

    Scenario: nothing is judged
      When "shop/web" calls "shop/db"

    @judge:envoy
    Scenario: for a real Envoy only
      When "shop/web" calls "shop/db"
      Then the call is allowed
