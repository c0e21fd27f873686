Feature: what the rules of a permission mean
  Deny before shadow-deny before allow, then deny by default, whatever the order of the lines.

  Background:
    Given the resources in "shop.yaml"

  Rule: a TCP inbound is judged like an HTTP one
    Background:
      Given the permission "db-callers" on workloads where app is "db":
        """
        allow spiffe://default.default.mesh.local/ns/shop/sa/web
        """

    Example: the exact ID gets in
      When "shop/web" calls "shop/db"
      Then the call is allowed by "db-callers"

    Example: a longer ID is another one
      When "spiffe://default.default.mesh.local/ns/shop/sa/web2" calls "shop/db"
      Then the call is denied
      And no rule matched

    Example: without TLS, or without a certificate, nobody gets as far as the rules
      Then these calls are decided so:
        | caller    | callee  | decision       |
        | plaintext | shop/db | refused by TLS |
        | anonymous | shop/db | refused by TLS |

  Rule: a deny wins, whatever the order of the lines
    Scenario Outline: <caller> is <decision>
      Given the permission "web-callers" on workload "shop/web":
        """
        allow        spiffe://default.default.mesh.local/ns/shop/**
        shadow-deny  spiffe://default.default.mesh.local/ns/legacy/**
        deny         spiffe://default.default.mesh.local/ns/shop/sa/bad
        """
      Then these calls are decided so:
        | caller                                               | callee   | decision   | rule   |
        | spiffe://default.default.mesh.local/ns/<caller>      | shop/web | <decision> | <rule> |

      Examples:
        | caller        | decision    | rule        |
        | shop/sa/good  | allow       | web-callers |
        | shop/sa/bad   | deny        | web-callers |
        | shop-2/sa/web | deny        | default     |
        | legacy/sa/web | shadow-deny | web-callers |
        | other/sa/web  | deny        | default     |

  Rule: a raw prefix is bytes, a pattern with `/**` is whole segments
    Example: the prefix lets a look-alike in
      Given the permission "raw" on workload "shop/web":
        """
        allow prefix "spiffe://default.default.mesh.local/ns/team-"
        """
      When "spiffe://default.default.mesh.local/ns/team-a/sa/web" calls "shop/web" with GET "/"
      Then the call is allowed by "raw"
      When "spiffe://default.default.mesh.local/ns/team/sa/web" calls "shop/web" with GET "/"
      Then no rule matched

  Rule: only one well-formed SPIFFE ID gets past the guard
    Example: dot segments, escapes, a trailing slash and two identities are denied
      Given the permission "everybody" on all workloads:
        """
        allow prefix "spiffe://default.default.mesh.local/"
        """
      Then these calls are decided so:
        | caller                                                                                                           | callee   | decision | rule                    |
        | spiffe://default.default.mesh.local/ns/shop/sa/web                                                               | shop/web | allow    | everybody               |
        | spiffe://default.default.mesh.local/ns/../sa/web                                                                 | shop/web | deny     | writ.not-one-spiffe-id  |
        | spiffe://default.default.mesh.local/ns/%65vil/sa/web                                                             | shop/db  | deny     | writ.not-one-spiffe-id  |
        | spiffe://default.default.mesh.local/ns/shop/sa/web/                                                              | shop/db  | deny     | writ.not-one-spiffe-id  |
        | spiffe://default.default.mesh.local/ns/shop/sa/web and spiffe://default.default.mesh.local/ns/shop/sa/db         | shop/web | deny     | writ.not-one-spiffe-id  |
        | spiffe://partner.example/ns/shop/sa/web                                                                          | shop/web | refused by TLS |                   |
