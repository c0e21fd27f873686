package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.config.OpenPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Parts that Envoy takes and Writ does not model: verdicts that depend on them are unknown. One finding for each kind. */
final class OpenPlaces implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        Map<String, List<String>> places = survey.config().open().stream()
                .collect(Collectors.groupingBy(
                        OpenPlace::reason,
                        LinkedHashMap::new,
                        Collectors.mapping(OpenPlace::place, Collectors.toList())));
        places.forEach((reason, at) -> findings.add(
                DiagnosticId.ENVOY_NOT_MODELLED,
                at.get(0),
                reason + (at.size() > 1 ? ", here and at " + (at.size() - 1) + " more" : ""),
                "what depends on it is not checked, and `decide` calls it unknown"));
    }
}
