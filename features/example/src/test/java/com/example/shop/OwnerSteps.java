package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.HashMap;
import java.util.Map;

/** Steps of this project's own, beside those of Writ. */
public final class OwnerSteps {
    private final Map<String, String> owners = new HashMap<>();

    @Given("{word} owns {string}")
    public void owns(String team, String workload) {
        owners.put(workload, team);
    }

    @Then("{word} is asked about {string}")
    public void isAsked(String team, String workload) {
        assertEquals(team, owners.get(workload));
    }
}
