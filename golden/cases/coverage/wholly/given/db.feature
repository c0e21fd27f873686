Feature: who reaches the database
  Background:
    Given the resources in "shop.writ"

  Scenario: the namespace ends at its slash
    Then these calls are decided so:
      | caller                                | callee  | decision |
      | shop/web                              | shop/db | allow    |
      | shop/db                               | shop/db | allow    |
      | spiffe://shop.example/ns/shop         | shop/db | deny     |
      | spiffe://shop.example/ns/shop-2/sa/db | shop/db | deny     |
      | spiffe://shop.example/ns/ops/sa/db    | shop/db | deny     |
