Feature: a prefix is bytes
  Kuma hands the prefix of a permission to Envoy, which compares bytes: a prefix ends where it ends, inside a name if need be. The
  form with a slash at its end, which would be safe, is refused by Kuma's validation.

  Background:
    Given the resources in "../kuma-demo/kuma-demo.yaml"
    And the resources in "../kuma-demo/identity.yaml"

  Rule: the prefix of the guide ends inside a namespace
    Background:
      Given the resources in "../kuma-demo/permission.yaml"

    Scenario Outline: so a namespace that begins alike gets in (<target>)
      Given the target "<target>"
      Then these calls are decided so:
        | caller                                                            | callee       | decision | rule    |
        | spiffe://default.default.mesh.local/ns/kuma-demo/sa/default       | kuma-demo/kv | allow    | mtp     |
        | spiffe://default.default.mesh.local/ns/kuma-demo-evil/sa/default  | kuma-demo/kv | allow    | mtp     |
        | spiffe://default.default.mesh.local/ns/kuma-dem/sa/default        | kuma-demo/kv | deny     | default |
        | spiffe://default.default.mesh.local/ns/KUMA-DEMO/sa/default       | kuma-demo/kv | deny     | default |

      Examples:
        | target    |
        | envoy     |
        | kuma-2.12 |
        | kuma-2.13 |
        | kuma-2.14 |
        | kuma-3    |

  Rule: a prefix may end inside the trust domain
    Scenario Outline: so every trust domain that begins alike would get in, if the mesh trusted it (<target>)
      Given the target "<target>"
      And the resources:
        """yaml
        apiVersion: kuma.io/v1alpha1
        kind: MeshTrafficPermission
        metadata:
          name: cut
          namespace: kuma-demo
          labels:
            kuma.io/mesh: default
        spec:
          rules:
            - default:
                allow:
                  - spiffeID:
                      type: Prefix
                      value: spiffe://default.default.mesh.loca
        """
      Then these calls are decided so:
        | caller                                                     | callee       | decision       | rule |
        | kuma-demo/demo-app                                         | kuma-demo/kv | allow          | cut  |
        | spiffe://default.default.mesh.local/ns/any/sa/thing        | kuma-demo/kv | allow          | cut  |
        | spiffe://default.default.mesh.local2/ns/kuma-demo/sa/thing | kuma-demo/kv | refused by TLS |      |

      Examples:
        | target    |
        | kuma-2.14 |
        | kuma-3    |
