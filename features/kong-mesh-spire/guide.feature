Feature: issuing identity with SPIRE
  The guide of Kong Mesh that this folder follows, "Issue identity with the MeshIdentity Spire provider": a demo with the mesh's
  own certificates and a permission of the old kind, then SVIDs from SPIRE, then a permission by SPIFFE IDs.

  Background:
    Given the target "kuma-2.14"
    And the resources in "demo.yaml"

  Rule: the demo starts with builtin mTLS and a `from` for the demo app
    Example: the demo app reaches the key-value store
      When "kong-mesh-demo/demo-app" calls "kong-mesh-demo/kv" with POST "/api/key-value/counter"
      Then the call is allowed by "kv"

    Example: nobody else has a permission to reach anything
      Then callers reach callees:
        |                            | kong-mesh-demo/kv | kong-mesh-demo/demo-app | kong-mesh-demo/demo-app-v2 |
        | kong-mesh-demo/demo-app    | allow             | deny                    | deny                       |
        | kong-mesh-demo/demo-app-v2 | allow             | deny                    | deny                       |
        | kong-mesh-demo/kv          | deny              | deny                    | deny                       |

    Example: the tags in the certificate decide, not the SPIFFE ID
      When "spiffe://default/demo-app_kong-mesh-demo_svc_5050" calls "kong-mesh-demo/kv"
      Then the call is denied
      And no rule matched
      When a certificate with these URI SANs calls "kong-mesh-demo/kv":
        | spiffe://default/another_kong-mesh-demo_svc_80 |
        | kuma://app/demo-app                            |
        | kuma://k8s.kuma.io/namespace/kong-mesh-demo    |
      Then the call is allowed by "kv"

    Example: the demo app of another namespace stays out
      When a certificate with these URI SANs calls "kong-mesh-demo/kv":
        | spiffe://default/demo-app_other_svc_5050 |
        | kuma://app/demo-app                      |
        | kuma://k8s.kuma.io/namespace/other       |
      Then the call is denied
      And no rule matched

    Example: the mesh's own certificate is needed
      Then these calls are decided so:
        | caller                                                           | callee            | decision       |
        | plaintext                                                        | kong-mesh-demo/kv | refused by TLS |
        | anonymous                                                        | kong-mesh-demo/kv | refused by TLS |
        | spiffe://default.default.mesh.local/ns/kong-mesh-demo/sa/default | kong-mesh-demo/kv | refused by TLS |

  Rule: with SVIDs from SPIRE comes zero trust
    Background:
      Given the resources in "spire.yaml"
      And the resources in "identity.yaml"

    Example: the old permission lets nobody in any more, and the demo app answers with an error
      When "kong-mesh-demo/demo-app" calls "kong-mesh-demo/kv" with POST "/api/key-value/counter"
      Then the call is denied
      And no rule matched

    Example: a certificate that the control plane issued before is not trusted by SPIRE's bundle
      When a certificate with these URI SANs calls "kong-mesh-demo/kv":
        | spiffe://default/demo-app_kong-mesh-demo_svc_5050 |
        | kuma://app/demo-app                               |
        | kuma://k8s.kuma.io/namespace/kong-mesh-demo       |
      Then the call is refused by TLS

  Rule: the permission lets the namespace in
    Background:
      Given the resources in "spire.yaml"
      And the resources in "identity.yaml"
      And the resources in "permission.yaml"

    Example: the demo app works again
      When "kong-mesh-demo/demo-app" calls "kong-mesh-demo/kv" with POST "/api/key-value/counter"
      Then the call is allowed by "mtp"

    Example: so does every workload of the namespace
      Then callers reach callees:
        |                            | kong-mesh-demo/kv | kong-mesh-demo/demo-app | kong-mesh-demo/demo-app-v2 |
        | kong-mesh-demo/demo-app    | allow             | allow                   | allow                      |
        | kong-mesh-demo/demo-app-v2 | allow             | allow                   | allow                      |
        | kong-mesh-demo/kv          | allow             | allow                   | allow                      |

    Example: other namespaces and other trust domains stay out, a look-alike does not
      Then these calls are decided so:
        | caller                                                             | callee            | decision       | rule    |
        | spiffe://default.default.mesh.local/ns/other/sa/default            | kong-mesh-demo/kv | deny           | default |
        | spiffe://default.default.mesh.local/ns/kong-mesh-demo-2/sa/default | kong-mesh-demo/kv | allow          | mtp     |
        | spiffe://example.org/ns/kong-mesh-demo/sa/default                  | kong-mesh-demo/kv | refused by TLS |         |
        | anonymous                                                          | kong-mesh-demo/kv | refused by TLS |         |
        | plaintext                                                          | kong-mesh-demo/kv | refused by TLS |         |

  Rule: "more fine-grained control" is an exact SPIFFE ID
    Background:
      Given the resources in "spire.yaml"
      And the resources in "identity.yaml"
      And the permission "kv-callers" on workloads where app is "kv":
        """yaml
        - default:
            allow:
              - spiffeID:
                  type: Exact
                  value: spiffe://default.default.mesh.local/ns/kong-mesh-demo/sa/default
        """

    Example: it lets in who has it, on the workloads that it is about
      Then these calls are decided so:
        | caller                                                             | callee                  | decision | rule       |
        | kong-mesh-demo/demo-app                                            | kong-mesh-demo/kv       | allow    | kv-callers |
        | spiffe://default.default.mesh.local/ns/kong-mesh-demo/sa/other     | kong-mesh-demo/kv       | deny     | default    |
        | spiffe://default.default.mesh.local/ns/kong-mesh-demo-2/sa/default | kong-mesh-demo/kv       | deny     | default    |
        | kong-mesh-demo/kv                                                  | kong-mesh-demo/demo-app | deny     | default    |
