Feature: issuing identity with the bundled provider
  The guide of Kuma that this folder follows: a mesh without permissions, a MeshIdentity, then a permission for one namespace.

  Background:
    Given the resources in "kuma-demo.yaml"
    And the resources in "identity.yaml"

  Rule: with an identity comes zero trust
    Example: the demo app gets errors while there is no permission
      When "kuma-demo/demo-app" calls "kuma-demo/kv" with GET "/api/key-value/counter"
      Then the call is denied
      And no rule matched

    Example: nobody reaches the demo app either
      When "kuma-demo/kv" calls "kuma-demo/demo-app" with POST "/api/counter"
      Then the call is denied
      And no rule matched

    Example: a caller without TLS is refused
      When "plaintext" calls "kuma-demo/kv"
      Then the call is refused by TLS

    Example: a caller without a certificate is refused
      When "anonymous" calls "kuma-demo/kv"
      Then the call is refused by TLS

  Rule: the permission lets the namespace in
    Background:
      Given the resources in "permission.yaml"

    Example: the demo app works
      When "kuma-demo/demo-app" calls "kuma-demo/kv" with GET "/api/key-value/counter"
      Then the call is allowed by "mtp"

    Example: so does every workload of the namespace
      Then callers reach callees:
        |                       | kuma-demo/kv | kuma-demo/demo-app | kuma-demo/demo-app-v2 |
        | kuma-demo/demo-app    | allow        | allow              | allow                 |
        | kuma-demo/demo-app-v2 | allow        | allow              | allow                 |
        | kuma-demo/kv          | allow        | allow              | allow                 |

    Example: another namespace stays out
      When "spiffe://default.default.mesh.local/ns/other/sa/web" calls "kuma-demo/kv" with GET "/api/key-value/counter"
      Then the call is denied
      And no rule matched

    Example: a look-alike namespace gets in, because the prefix of the guide ends inside a segment
      When "spiffe://default.default.mesh.local/ns/kuma-demo-2/sa/web" calls "kuma-demo/kv" with GET "/api/key-value/counter"
      Then the call is allowed by "kuma-demo/mtp"

    Example: the mesh's own trust domain is needed
      When "spiffe://other.mesh.local/ns/kuma-demo/sa/default" calls "kuma-demo/kv"
      Then the call is refused by TLS

    Example: a certificate of two identities is none
      When a certificate with "spiffe://default.default.mesh.local/ns/kuma-demo/sa/default" and "spiffe://default.default.mesh.local/ns/other/sa/web" calls "kuma-demo/kv"
      Then the call is denied by "writ.not-one-spiffe-id"

    Example: TLS and a certificate are needed as before
      Then these calls are decided so:
        | caller    | callee       | decision       |
        | plaintext | kuma-demo/kv | refused by TLS |
        | anonymous | kuma-demo/kv | refused by TLS |
