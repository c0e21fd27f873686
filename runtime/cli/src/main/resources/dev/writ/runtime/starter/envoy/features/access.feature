Feature: who reaches the orders
  What the policy is meant to say, in calls. `writ test features` has each of them judged by the model, by the Envoy config
  that the policy compiles to, and by a real Envoy.

  Background:
    Given the resources in "../policy"

  Scenario: the web reads and places them
    Then these calls are decided so:
      | caller   | callee      | method | path       | decision | rule           |
      | shop/web | shop/orders | GET    | /orders/17 | allowed  | orders-callers |
      | shop/web | shop/orders | POST   | /orders/17 | allowed  | orders-callers |
      | shop/web | shop/orders | DELETE | /orders/17 | denied   | default        |
      | shop/web | shop/orders | GET    | /admin     | denied   | default        |

  Scenario: its neighbours do not, and look-alikes neither
    Then these calls are decided so:
      | caller                                 | callee      | method | path       | decision |
      | spiffe://shop.example/ns/shop/sa/batch | shop/orders | GET    | /orders/17 | denied   |
      | spiffe://shop.example/ns/shop/sa/web-2 | shop/orders | GET    | /orders/17 | denied   |
      | spiffe://shop.example/ns/shop-2/sa/web | shop/orders | GET    | /orders/17 | denied   |

  Scenario: who is not of the mesh does not get through TLS
    Then these calls are decided so:
      | caller                                    | callee      | decision       |
      | spiffe://elsewhere.example/ns/shop/sa/web | shop/orders | refused by TLS |
      | anonymous                                 | shop/orders | refused by TLS |
      | plaintext                                 | shop/orders | refused by TLS |
