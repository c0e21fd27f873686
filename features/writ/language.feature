Feature: policy in the Writ language
  The same calls are judged by the model, by the emitted config and by a real Envoy.

  Background:
    Given the resources in "shop.writ"

  Rule: callers are named as workloads
    Scenario: the identity templates say who they are
      Then these calls are decided so:
        | caller                                               | callee           | method | path            | decision | rule           |
        | shop/web                                             | shop/orders:8080 | GET    | /orders/open/17 | allow    | orders-callers |
        | spiffe://default.default.mesh.local/ns/shop/sa/web   | shop/orders:8080 | GET    | /orders/open/17 | allow    | orders-callers |
        | spiffe://default.default.mesh.local/ns/shop/sa/web-2 | shop/orders:8080 | GET    | /orders/open/17 | deny     | default        |
        | shop/orders                                          | shop/orders:8080 | GET    | /orders/open/17 | deny     | default        |

  Rule: methods and paths
    Scenario: what is said of a call must hold
      Then these calls are decided so:
        | caller                                             | callee           | method | path             | decision | rule           |
        | spiffe://default.default.mesh.local/ns/shop/sa/web | shop/orders:8080 | POST   | /orders/done/1   | allow    | orders-callers |
        | spiffe://default.default.mesh.local/ns/shop/sa/web | shop/orders:8080 | DELETE | /orders/done/1   | deny     | default        |
        | spiffe://default.default.mesh.local/ns/shop/sa/web | shop/orders:8080 | GET    | /orders/lost/1   | deny     | default        |
        | spiffe://default.default.mesh.local/ns/shop/sa/web | shop/orders:8080 | GET    | /orders/done     | deny     | default        |
        | spiffe://default.default.mesh.local/ns/shop/sa/web | shop/orders:8080 | GET    | /orders/opened/1 | deny     | default        |

  Rule: a star is one whole segment
    Scenario: of any trust domain
      Then these calls are decided so:
        | caller                                               | callee           | method | path                   | decision | rule           |
        | spiffe://partner.example/ns/partners/sa/acme         | shop/orders:8080 | GET    | /orders/open/today     | allow    | orders-callers |
        | spiffe://default.default.mesh.local/ns/partners/sa/x | shop/orders:8080 | GET    | /orders/open/today     | allow    | orders-callers |
        | spiffe://partner.example/ns/partners/sa/acme/eu      | shop/orders:8080 | GET    | /orders/open/today     | deny     | default        |
        | spiffe://partner.example/ns/partners-2/sa/acme       | shop/orders:8080 | GET    | /orders/open/today     | deny     | default        |
        | spiffe://partner.example/ns/partners/sa/acme         | shop/orders:8080 | GET    | /orders/open/today?all | allow    | orders-callers |

  Rule: alternatives
    Scenario: any of them
      Then these calls are decided so:
        | caller                                                    | callee           | method | path     | decision | rule    |
        | spiffe://default.default.mesh.local/ns/monitoring/sa/prom | shop/orders:9090 | GET    | /metrics | allow    | metrics |
        | spiffe://partner.example/ns/observability/sa/x            | shop/orders:9090 | GET    | /metrics | allow    | metrics |
        | spiffe://default.default.mesh.local/ns/monitor/sa/prom    | shop/orders:9090 | GET    | /metrics | deny     | default |
        | spiffe://default.default.mesh.local/ns/monitoring/sa/prom | shop/orders:8080 | GET    | /metrics | deny     | default |

  Rule: rules have no order
    Scenario: a deny of one permission beats the allow of another
      Then these calls are decided so:
        | caller                                                     | callee           | method | path               | decision    | rule             |
        | spiffe://partner.example/ns/partners/sa/untrusted          | shop/orders:8080 | GET    | /orders/open/today | deny        | nobody-untrusted |
        | spiffe://default.default.mesh.local/ns/legacy/sa/batch     | shop/orders:8080 | GET    | /any               | shadow-deny | orders-callers   |
        | spiffe://default.default.mesh.local/ns/legacy/sa/untrusted | shop/orders:8080 | GET    | /any               | deny        | nobody-untrusted |

  Rule: a group of another file
    Scenario: its workloads may call
      Then these calls are decided so:
        | caller                                               | callee           | method | path     | decision | rule           |
        | spiffe://default.default.mesh.local/ns/ops/sa/prober | shop/orders:8080 | GET    | /healthz | allow    | orders-callers |
        | spiffe://default.default.mesh.local/ns/ops/sa/prober | shop/orders:8080 | GET    | /orders  | deny     | default        |
