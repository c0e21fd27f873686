Feature: what is SPIFFE and how is it used in Kuma
  The post that this folder follows traces builtin mTLS from the mesh down to Envoy: a listener that takes only callers whose
  certificate has a SAN below `spiffe://default/`, signed by the mesh's CA, and an SVID that says further what a workload is.

  Background:
    Given the target "kuma-2.14"
    And the zone is "on_prem"
    And the resources in "mesh.yaml"
    And the resources in "dataplanes.yaml"

  Rule: the listener filters connections by the SAN of the certificate presented
    Example: a certificate is required
      Then these calls are decided so:
        | caller    | callee     | decision       |
        | anonymous | monolith-1 | refused by TLS |
        | plaintext | monolith-1 | refused by TLS |

    Example: it is to be signed by the mesh's CA
      Then these calls are decided so:
        | caller                                             | callee     | decision       |
        | spiffe://other/monolith-service_svc_5000           | monolith-1 | refused by TLS |
        | spiffe://default.on_prem.mesh.local/ns/a/sa/b      | monolith-1 | refused by TLS |
        | spiffe://default-2/monolith-service_svc_5000       | monolith-1 | refused by TLS |

    Example: the SVID of the post gets past TLS, and then no permission is there for it
      When a certificate with these URI SANs calls "monolith-1":
        | spiffe://default/monolith-service_svc_5000        |
        | kuma://kuma.io/protocol/http                      |
        | kuma://kuma.io/service/monolith-service_svc_5000  |
        | kuma://kuma.io/zone/on_prem                       |
      Then the call is denied
      And no rule matched

  Rule: a permission extracts the service's identity from the certificate
    Background:
      Given the resources in "permission.yaml"

    Example: the service that is named gets in, others do not
      Then these calls are decided so:
        | caller     | callee     | decision | rule                  |
        | frontend-1 | monolith-1 | allow    | monolith-callers      |
        | batch-1    | monolith-1 | deny     | default               |
        | frontend-1 | batch-1    | deny     | default               |

    Example: its SPIFFE ID is what counts, whatever the other SANs say
      When a certificate with these URI SANs calls "monolith-1":
        | spiffe://default/batch_svc_9000         |
        | kuma://kuma.io/service/frontend_svc_8080 |
      Then the call is denied
      And no rule matched
