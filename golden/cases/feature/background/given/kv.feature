@target:kuma-2.14
Feature: who calls kv
  Background:
    Given the resources in "mesh.yaml"
    And the resources in "identity.yaml"
    And the resources in "kv.yaml"
    And the permission "kv-callers" on workloads where app is "kv":
      """
      deny   spiffe://default.default.mesh.local/ns/kuma-demo/sa/untrusted
      allow  spiffe://default.default.mesh.local/ns/kuma-demo/**
      """
    And the permission "look-alikes" on workload "kuma-demo/kv":
      """yaml
      - default:
          allow:
            - spiffeID:
                type: Prefix
                value: spiffe://default.default.mesh.local/ns/ops
      """

  Rule: for a time
    Background:
      Given the permission "for-a-time" on all workloads:
        """
        allow  spiffe://default.default.mesh.local/ns/legacy/**
        """

    Example: what a rule declares is no part of the policy
      When "spiffe://default.default.mesh.local/ns/legacy/sa/web" calls "kuma-demo/kv"
      Then the call is allowed by "for-a-time"
