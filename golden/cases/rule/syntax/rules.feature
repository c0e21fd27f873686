Feature: rules with mistakes
  Background:
    Given the resources in "mesh.yaml"
    And the resources in "identity.yaml"
    And the resources in "kv.yaml"

  Scenario: every mistake of a text is told
    Given the permission "kv-callers" on workloads where app is "kv":
      """
      alow   spiffe://default.default.mesh.local/ns/kuma-demo/sa/default
      allow  spiffe://default.default.mesh.local/ns/*/sa/web
      deny   prefix "http://default.default.mesh.local"
      allow  spiffe://Default.mesh/ns/kuma-demo/sa/default
      """
    When "kuma-demo/kv" calls "kuma-demo/kv"
    Then the call is denied
