Feature: a policy in sentences
  What the background says is the policy, for `writ check`, `writ compile` and every other command as for the scenarios.

  Background:
    Given these workloads:
      | workload    | service account | labels                | ports               |
      | shop/web    | web             | app=web, tier=front   | 8080 http, 9000 tcp |
      | shop/db     | db              | app=db, tier=back     | 5432 tcp            |
      | ops/backup  | backup          | app=backup            | 7000 tcp            |
      | legacy/cart | cart            | app=cart              | 8080 http           |
    And these identities:
      | identity | SPIFFE ID                                                               | labels     |
      | all      | spiffe://shop.example/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}       |            |
      | backups  | spiffe://shop.example/{{ label "app" }}/{{ .Namespace }}                 | app=backup |
    And workloads where tier is "front" may call "shop/db"
    And workloads in namespace "ops" may call workloads in namespace "shop" on port 9000 because "they measure"
    And workloads where app is "backup" may call "shop/web" on port 8080 with GET, HEAD on "/export/**"
    And anyone may call "shop/web" on port 8080 on "/health"
    And "spiffe://shop.example/ns/*/sa/{untrusted,guest}" may not call "shop/web" on port 8080
    And nobody may call workloads in namespace "legacy"
    And anyone may call "legacy/cart"

  Rule: callers are let in by what they have in common
    Example: a label, a namespace, a name
      Then these calls are decided so:
        | caller      | callee   | port | decision | rule                      |
        | shop/web    | shop/db  |      | allow    | shop.db                   |
        | ops/backup  | shop/db  |      | deny     | default                   |
        | ops/backup  | shop/web | 9000 | allow    | workloads.shop.9000       |
        | shop/db     | shop/web | 9000 | deny     | default                   |
        | shop/web    | shop/web | 9000 | deny     | default                   |

    Example: they are let in as the identity that they have, and look-alikes are not
      Then these calls are decided so:
        | caller                                  | callee   | port | decision |
        | spiffe://shop.example/backup/ops        | shop/web | 9000 | allow    |
        | spiffe://shop.example/ns/ops/sa/backup  | shop/web | 9000 | deny     |
        | spiffe://shop.example/backup/ops-2      | shop/web | 9000 | deny     |
        | spiffe://shop.example/ns/shop/sa/web    | shop/db  | 5432 | allow    |
        | spiffe://shop.example/ns/shop-2/sa/web  | shop/db  | 5432 | deny     |
        | plaintext                               | shop/db  | 5432 | refused by TLS |

  Rule: a call has a method and a path
    Scenario Outline: <caller> may <decision> <method> <path>
      When "<caller>" calls "shop/web" on port 8080 with <method> "<path>"
      Then the call is <decision>

      Examples: what the backup reads
        | caller     | method | path        | decision |
        | ops/backup | GET    | /export/all | allowed  |
        | ops/backup | HEAD   | /export/all | allowed  |
        | ops/backup | POST   | /export/all | denied   |
        | ops/backup | GET    | /exports    | denied   |

      Examples: what everybody may
        | caller   | method | path    | decision |
        | shop/db  | GET    | /health | allowed  |
        | shop/db  | GET    | /       | denied   |

  Rule: who may not stays out, whatever else is said
    Example: segments and alternatives
      Then these calls are decided so:
        | caller                                      | callee   | port | method | path    | decision | rule          |
        | spiffe://shop.example/ns/shop/sa/guest      | shop/web | 8080 | GET    | /health | deny     | shop.web.8080 |
        | spiffe://shop.example/ns/shop/sa/guest/two  | shop/web | 8080 | GET    | /health | allow    | shop.web.8080 |

    Example: nobody is nobody
      Then callers reach callees:
        |             | legacy/cart |
        | shop/web    | deny        |
        | legacy/cart | deny        |

  Rule: a caller may be reported and let in
    Background:
      Given "legacy/cart" is reported when calling "shop/db" because "it moves in May"

    Example: that is shadow-denied
      When "legacy/cart" calls "shop/db"
      Then the call is shadow-denied by "shop.db"
