Feature: TLS refuses a certificate that is no good, whatever its names say
  A rule is about names, and is asked only about names that somebody vouches for: an expired certificate, one of a foreign CA and
  one without a SPIFFE ID come to no rule. An inbound that still takes plaintext next to mTLS holds whoever presents a certificate
  to it.

  Rule: callers of a MeshIdentity
    Background:
      Given the resources in "../kuma-demo/kuma-demo.yaml"
      And the resources in "../kuma-demo/identity.yaml"
      And the resources in "../kuma-demo/permission.yaml"

    Example: the certificate of the demo app is good for its time
      When "kuma-demo/demo-app" calls "kuma-demo/kv"
      Then the call is allowed

    Example: and for no longer
      When an expired certificate of "kuma-demo/demo-app" calls "kuma-demo/kv"
      Then the call is refused by TLS

    Example: a foreign CA has signed its names
      When a certificate of a foreign CA for "kuma-demo/demo-app" calls "kuma-demo/kv" with GET "/api"
      Then the call is refused by TLS

    Example: a host name is no identity
      When a certificate with only the DNS name "demo-app.kuma-demo.svc" calls "kuma-demo/kv"
      Then the call is refused by TLS

    Example: the same in a table, by SPIFFE ID
      Then these calls are decided so:
        | caller                                                                                                                                        | callee       | decision       |
        | spiffe://default.default.mesh.local/ns/kuma-demo/sa/default                                                                                   | kuma-demo/kv | allow          |
        | an expired certificate of spiffe://default.default.mesh.local/ns/kuma-demo/sa/default                                                         | kuma-demo/kv | refused by TLS |
        | an expired certificate of spiffe://default.default.mesh.local/ns/a/sa/b and spiffe://default.default.mesh.local/ns/kuma-demo/sa/default       | kuma-demo/kv | refused by TLS |
        | a certificate of a foreign CA for spiffe://default.default.mesh.local/ns/kuma-demo/sa/default                                                 | kuma-demo/kv | refused by TLS |
        | a certificate with only the DNS name localhost                                                                                                | kuma-demo/kv | refused by TLS |

  Rule: callers of builtin mTLS
    Example: the mesh's own CA vouches for time and names too
      Given the target "kuma-2.14"
      And the zone is "on_prem"
      And the resources in "../builtin-mtls/mesh.yaml"
      And the resources in "../builtin-mtls/dataplanes.yaml"
      And the resources in "../builtin-mtls/permission.yaml"
      Then these calls are decided so:
        | caller                                                                             | callee     | decision       |
        | frontend-1                                                                         | monolith-1 | allow          |
        | an expired certificate of frontend-1                                               | monolith-1 | refused by TLS |
        | a certificate of a foreign CA for frontend-1                                       | monolith-1 | refused by TLS |
        | a certificate with only the DNS name frontend.mesh                                 | monolith-1 | refused by TLS |
