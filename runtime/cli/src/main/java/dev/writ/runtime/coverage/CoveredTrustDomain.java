package dev.writ.runtime.coverage;

/** Whether calls were made from a trust domain that some inbound trusts. */
public record CoveredTrustDomain(String name, Tried calling) {}
