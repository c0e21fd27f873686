Feature: who reaches the orders
  What the policy is meant to say, in calls. `writ test features` has each of them judged by the model, by the config that the
  control plane would send, and by a real Envoy.

  Background:
    Given the target "@target@"
    And the resources in "../policy"

  Scenario: the web does
    When "shop/web" calls "shop/orders" with GET "/orders"
    Then the call is allowed by "orders-callers"

  Scenario: its neighbours do not, and look-alikes neither
    Then these calls are decided so:
      | caller                                               | callee      | decision |
      | spiffe://default.default.mesh.local/ns/shop/sa/batch | shop/orders | denied   |
      | spiffe://default.default.mesh.local/ns/shop/sa/web-2 | shop/orders | denied   |
      | spiffe://default.default.mesh.local/ns/shop-2/sa/web | shop/orders | denied   |

  Scenario: who is not of the mesh does not get through TLS
    Then these calls are decided so:
      | caller                                    | callee      | decision       |
      | spiffe://elsewhere.example/ns/shop/sa/web | shop/orders | refused by TLS |
      | anonymous                                 | shop/orders | refused by TLS |
      | plaintext                                 | shop/orders | refused by TLS |

  Scenario: nobody was let in to the web yet
    Then callers reach callees:
      |             | shop/web |
      | shop/web    | deny     |
      | shop/orders | deny     |
