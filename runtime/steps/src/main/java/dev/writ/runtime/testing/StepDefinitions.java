package dev.writ.runtime.testing;

import dev.writ.runtime.testing.feature.BackgroundStep;
import io.cucumber.datatable.DataTable;
import io.cucumber.docstring.DocString;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writ's step definitions, found by the annotations that Cucumber finds them by, for who takes a step without Cucumber: the one
 * reading of each sentence is that of its step.
 */
final class StepDefinitions {
    private final List<Definition> definitions = new ArrayList<>();

    /** @param pattern the whole sentence, its groups the step's first arguments */
    private record Definition(Pattern pattern, boolean declares, Method method) {}

    StepDefinitions() {
        for (Class<?> type : StepCatalogue.CLASSES) {
            Arrays.stream(type.getDeclaredMethods()).forEach(this::add);
        }
    }

    /** A definition with the groups of a sentence. */
    record Match(boolean declares, Method method, List<@Nullable String> groups) {

        /** What the step takes below its sentence, if that is not what it has. */
        Optional<String> needed(BackgroundStep step) {
            List<Class<?>> types = List.of(method.getParameterTypes());
            boolean docString = types.contains(DocString.class);
            boolean table = types.contains(DataTable.class);
            if (docString == step.docString().isPresent()
                    && table != step.table().isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(docString ? "a doc string" : table ? "a table" : "nothing");
        }

        /** Takes the step: what is wrong with it is thrown as the step throws it. */
        void take(BackgroundStep step) {
            List<@Nullable Object> arguments = new ArrayList<>(groups);
            for (Class<?> type : method.getParameterTypes()) {
                if (type == DocString.class) {
                    arguments.add(DocString.create(step.docString().orElseThrow(), step.mediaType()));
                } else if (type == DataTable.class) {
                    arguments.add(DataTable.create(step.table()));
                }
            }
            try {
                Constructor<?> steps = method.getDeclaringClass().getDeclaredConstructor();
                method.invoke(steps.newInstance(), arguments.toArray());
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof StepFailure failure) {
                    throw failure;
                }
                throw new IllegalStateException(e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The one that a sentence is of. */
    Optional<Match> match(String sentence) {
        for (Definition definition : definitions) {
            Matcher matcher = definition.pattern().matcher(sentence);
            if (matcher.find()) {
                List<@Nullable String> groups = new ArrayList<>();
                for (int i = 1; i <= matcher.groupCount(); i++) {
                    groups.add(matcher.group(i));
                }
                return Optional.of(new Match(definition.declares(), definition.method(), groups));
            }
        }
        return Optional.empty();
    }

    private void add(Method method) {
        Given given = method.getAnnotation(Given.class);
        When when = method.getAnnotation(When.class);
        Then then = method.getAnnotation(Then.class);
        String pattern =
                given != null ? given.value() : when != null ? when.value() : then != null ? then.value() : null;
        if (pattern != null) {
            definitions.add(new Definition(Pattern.compile(pattern), given != null, method));
        }
    }
}
