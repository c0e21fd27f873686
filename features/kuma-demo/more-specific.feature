Feature: what the guide leaves for later
  "In the future if you want to be more specific you can allow only workloads matching its exact spiffeID."

  Background:
    Given the resources in "kuma-demo.yaml"
    And the resources in "identity.yaml"

  Rule: an exact SPIFFE ID
    Background:
      Given the permission "kv-callers" on workloads where app is "kv":
        """yaml
        - default:
            allow:
              - spiffeID:
                  type: Exact
                  value: spiffe://default.default.mesh.local/ns/kuma-demo/sa/default
        """

    Example: lets in those who have it
      When "kuma-demo/demo-app" calls "kuma-demo/kv"
      Then the call is allowed by "kv-callers"

    Example: and nobody else
      Then these calls are decided so:
        | caller                                                        | callee             | decision | rule    |
        | spiffe://default.default.mesh.local/ns/kuma-demo/sa/other     | kuma-demo/kv       | deny     | default |
        | spiffe://default.default.mesh.local/ns/kuma-demo-2/sa/default | kuma-demo/kv       | deny     | default |
        | spiffe://default.default.mesh.local/ns/kuma-demo/sa/default   | kuma-demo/demo-app | deny     | default |

  Rule: whole segments instead of a bare prefix
    Background:
      Given the permission "kv-callers" on workloads where app is "kv":
        """
        allow spiffe://default.default.mesh.local/ns/kuma-demo/**
        """

    Example: the namespace gets in
      When "kuma-demo/demo-app" calls "kuma-demo/kv"
      Then the call is allowed by "kv-callers"

    Example: its look-alike does not
      When "spiffe://default.default.mesh.local/ns/kuma-demo-2/sa/web" calls "kuma-demo/kv"
      Then the call is denied
      And no rule matched

  Rule: a shadow deny tries a deny out
    Background:
      Given the resources in "permission.yaml"
      And the permission "kv-trial" on workloads where app is "kv":
        """
        shadow-deny spiffe://default.default.mesh.local/ns/kuma-demo/sa/default
        """

    Example: the call goes on, and is reported
      When "kuma-demo/demo-app" calls "kuma-demo/kv"
      Then the call is allowed
      And the call is shadow-denied by "kv-trial"

    Example: others notice nothing
      When "spiffe://default.default.mesh.local/ns/kuma-demo/sa/other" calls "kuma-demo/kv"
      Then the call is allowed by "mtp"
