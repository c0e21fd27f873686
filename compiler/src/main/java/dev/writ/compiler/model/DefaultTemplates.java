package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Action;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import dev.writ.compiler.syntax.SpiffeTemplate.Literal;
import dev.writ.compiler.syntax.SpiffeTemplate.Part;
import java.util.Arrays;
import java.util.List;

/**
 * The templates Kuma takes where a MeshIdentity gives none. They stand in no file: all their places are the one given, for
 * example the MeshIdentity's name.
 */
public final class DefaultTemplates {
    private final SourceSpan place;

    private DefaultTemplates(SourceSpan place) {
        this.place = place;
    }

    public static SpiffeTemplate trustDomain(SourceSpan place) {
        DefaultTemplates at = new DefaultTemplates(place);
        return at.template(
                "{{ .Mesh }}.{{ .Zone }}.mesh.local",
                at.field("Mesh"),
                at.literal("."),
                at.field("Zone"),
                at.literal(".mesh.local"));
    }

    public static SpiffeTemplate kubernetesPath(SourceSpan place) {
        DefaultTemplates at = new DefaultTemplates(place);
        return at.template(
                "/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}",
                at.literal("/ns/"),
                at.field("Namespace"),
                at.literal("/sa/"),
                at.field("ServiceAccount"));
    }

    /** The default outside Kubernetes, since Kuma 2.13. */
    public static SpiffeTemplate universalPath(SourceSpan place) {
        DefaultTemplates at = new DefaultTemplates(place);
        return at.template("/workload/{{ .Workload }}", at.literal("/workload/"), at.field("Workload"));
    }

    private SpiffeTemplate template(String text, Part... parts) {
        return new SpiffeTemplate(placed(text), List.of(parts));
    }

    private Part literal(String value) {
        return new Literal(placed(value));
    }

    private Part field(String name) {
        return new Action(new Field(name, place), place);
    }

    private SourceText placed(String value) {
        int[] offsets = new int[value.length() + 1];
        Arrays.fill(offsets, place.start());
        return new SourceText(value, place, offsets);
    }
}
