Feature: sentences and tables with mistakes
  Background:
    Given these workloads:
      | workload | service acount | ports     |
      | shop/web | web            | 8080 http |
    And these workloads:
      | workload | labels            | ports           |
      | shop/web | app=web tier=back | 8080 http       |
      | shop/db  | app=db, tier      | 5432            |
    And these workloads:
      | workload | ports            |
      | shop/db  | 5432 tpc, 543210 |
    And these identities:
      | identity | SPIFFE ID                                | provider |
      | all      | spiffe://shop.example/{{ .Namspace }}    |          |
      | other    |                                          | spire    |
      | third    | shop.example/{{ .Namespace }}            | vault    |
    And "shop/web" may call "shop/db" on port http
    And anyone may call "shop/web" with get on "/api/**"
    And anyone may call "shop/web" with GET on "api"
    And "spiffe://Shop.example/ns/*" may call "shop/web"
    And "spiffe://shop.example/ns/sh*p" may not call "shop/web"
    And group "tests" may call "shop/web"
    And workloads in namspace "shop" may call "shop/web"
