Feature: who reaches the database
  Background:
    Given the resources in "shop.writ"

  Scenario: the web reads
    When "shop/web" calls "shop/db" on port 5432 with GET "/api/orders"
    Then the call is allowed

  Scenario: the web does not write
    When "shop/web" calls "shop/db" on port 5432 with POST "/api/orders"
    Then the call is denied

  Scenario: legacy callers are reported
    When "spiffe://shop.example/ns/legacy/sa/cart" calls "shop/db" on port 5432 with GET "/"
    Then the call is shadow-denied

  Scenario: look-alikes and strangers
    Then these calls are decided so:
      | caller                                    | callee  | port | path   | decision       |
      | spiffe://shop.example/ns/legacy-2/sa/cart | shop/db | 5432 | /      | deny           |
      | spiffe://shop.example/ns/shop/sa/web-2    | shop/db | 5432 | /api/x | deny           |
      | plaintext                                 | shop/db | 5432 |        | refused by TLS |
