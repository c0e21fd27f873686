Feature: broken
  Scenario: half
    Given x
    Gven y
