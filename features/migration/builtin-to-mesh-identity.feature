Feature: from builtin mTLS to MeshIdentity, some workloads at a time
  Kong Mesh's demo has builtin mTLS and a `from` that lets the demo app into the key-value store. On the way to MeshIdentity there are
  proxies of both kinds. Both trust the mesh's CA and the MeshTrusts; what they do with a `from` differs.

  Background:
    Given the resources in "../kong-mesh-spire/demo.yaml"

  Rule: the callee goes first
    Background:
      Given the resources in "identity-of-kv.yaml"

    Scenario Outline: the demo app's old certificate is still trusted, and `from` <decides> (<target>)
      Given the target "<target>"
      When "kong-mesh-demo/demo-app" calls "kong-mesh-demo/kv"
      Then the call is <decision>

      Examples:
        | target    | decides         | decision      |
        | kuma-2.12 | still decides   | allowed       |
        | kuma-2.13 | still decides   | allowed       |
        | kuma-2.14 | decides no more | denied        |

    Example: with 2.14 `rules` are needed before, and a prefix, because the old certificate has several SANs
      Given the target "kuma-2.14"
      And the resources in "rules.yaml"
      Then these calls are decided so:
        | caller                                                           | callee                  | decision       | rule            |
        | kong-mesh-demo/demo-app                                          | kong-mesh-demo/kv       | allow          | kv-by-spiffe-id |
        | kong-mesh-demo/kv                                                | kong-mesh-demo/kv       | allow          | kv-by-spiffe-id |
        | kong-mesh-demo/kv                                                | kong-mesh-demo/demo-app | deny           | default         |
        | spiffe://default.default.mesh.local/ns/kong-mesh-demo/sa/default | kong-mesh-demo/kv       | allow          | kv-by-spiffe-id |
        | spiffe://other/demo-app_kong-mesh-demo_svc_5050                  | kong-mesh-demo/kv       | refused by TLS |                 |
        | plaintext                                                        | kong-mesh-demo/kv       | refused by TLS |                 |

  Rule: the caller goes first
    Background:
      Given the target "kuma-2.14"
      And the resources in "identity-of-demo-app.yaml"

    Example: its SVID is trusted, and has no tags that a `from` could know it by
      When "kong-mesh-demo/demo-app" calls "kong-mesh-demo/kv"
      Then the call is denied
      And no rule matched

    Example: `rules` know it by its SPIFFE ID, and those that have not moved by theirs
      Given the resources in "rules.yaml"
      Then these calls are decided so:
        | caller                     | callee                  | decision | rule            |
        | kong-mesh-demo/demo-app    | kong-mesh-demo/kv       | allow    | kv-by-spiffe-id |
        | kong-mesh-demo/demo-app-v2 | kong-mesh-demo/kv       | allow    | kv-by-spiffe-id |
        | kong-mesh-demo/kv          | kong-mesh-demo/kv       | deny     | default         |
        | kong-mesh-demo/kv          | kong-mesh-demo/demo-app | deny     | default         |

  Rule: the caller goes first, and nothing vouches for its trust domain
    Example: the callee knows the mesh's CA only
      Given the target "kuma-2.14"
      And the resources in "identity-of-demo-app-without-trust.yaml"
      And the resources in "rules.yaml"
      When "kong-mesh-demo/demo-app" calls "kong-mesh-demo/kv"
      Then the call is refused by TLS

  Rule: the callee goes first, and there is no MeshTrust at all
    Example: its proxy waits for a bundle that never comes, and nobody gets in
      Given the target "kuma-2.14"
      And the resources in "identity-of-kv-without-trust.yaml"
      And the resources in "rules.yaml"
      Then these calls are decided so:
        | caller                  | callee            | decision       |
        | kong-mesh-demo/demo-app | kong-mesh-demo/kv | refused by TLS |
        | kong-mesh-demo/kv       | kong-mesh-demo/kv | refused by TLS |

  Rule: both have moved
    Example: by their SPIFFE IDs, while the mesh still has its builtin backend
      Given the target "kuma-2.14"
      And the resources in "identity-of-kv.yaml"
      And the resources in "identity-of-demo-app.yaml"
      And the resources in "rules.yaml"
      Then these calls are decided so:
        | caller                  | callee                  | decision | rule            |
        | kong-mesh-demo/demo-app | kong-mesh-demo/kv       | allow    | kv-by-spiffe-id |
        | kong-mesh-demo/kv       | kong-mesh-demo/demo-app | deny     | default         |
