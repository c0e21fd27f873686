Feature: a mesh and its policy in sentences
  Background:
    Given these workloads:
      | workload | service account | labels              | ports               |
      | shop/web | web             | app=web, tier=front | 8080 http           |
      | shop/db  | db              | app=db              | 5432                |
    And these identities:
      | identity | SPIFFE ID                                                    |
      | all      | spiffe://shop.example/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }} |
    And workloads where tier is "front" may call "shop/db" because "orders are kept there"
    And "spiffe://shop.example/ns/*/sa/{untrusted,guest}" may not call "shop/db"
    And anyone may call "shop/web" with GET, HEAD on "/api/**"
    And the policy:
      """
      permission operators on workloads in namespace shop {
        shadow-deny spiffe://shop.example/ns/ops/**
      }
      """
