@example
Feature: who may call the shop's database
  Run by this project's own build (`mvn test` in its folder), with steps that are its own.

  Background:
    Given these workloads:
      | workload  | service account | labels           | ports     |
      | shop/web  | web             | app=web          | 8080 http |
      | shop/db   | db              | app=db           | 5432      |
      | tests/run | default         | app=run, tier=ci | 80        |
    And these identities:
      | identity | SPIFFE ID                                                         |
      | all      | spiffe://shop.example/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }} |
    And "shop/web" may call "shop/db"
    And workloads where tier is "ci" may call "shop/web" with GET on "/health"

  Scenario: the shop's web reaches the database
    When "shop/web" calls "shop/db"
    Then the call is allowed

  Scenario: nobody else does
    Given storage owns "shop/db"
    When "tests/run" calls "shop/db"
    Then the call is denied
    And storage is asked about "shop/db"

  @target:envoy
  Scenario: tests look at the health alone
    Then these calls are decided so:
      | caller    | callee   | method | path    | decision |
      | tests/run | shop/web | GET    | /health | allow    |
      | tests/run | shop/web | POST   | /health | deny     |
      | tests/run | shop/web | GET    | /admin  | deny     |
