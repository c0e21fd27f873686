package com.example.shop;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The features of this folder, by Cucumber's own JUnit engine: Writ's steps and ours. */
@Suite
@IncludeEngines("cucumber")
@SelectPackages("com.example.shop")
@ConfigurationParameter(key = "cucumber.glue", value = "dev.writ.runtime.testing.steps,com.example.shop")
class PolicyTest {}
