package dev.writ.features;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/**
 * Every feature below this module's folder, each scenario a test. They run as in a project of somebody else's: by Cucumber's
 * own JUnit engine, with the package of our steps as glue. The project in {@code example} runs its own.
 */
@Suite
@IncludeEngines("cucumber")
@SelectDirectories(".")
@ConfigurationParameter(key = "cucumber.glue", value = "dev.writ.runtime.testing.steps,dev.writ.features")
@ConfigurationParameter(key = "cucumber.filter.tags", value = "not @example")
@ConfigurationParameter(key = "cucumber.junit-platform.naming-strategy", value = "long")
class FeaturesTest {}
