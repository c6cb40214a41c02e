package io.orderworkflow.api;

import static io.orderworkflow.api.Amounts.eur;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Instances of every record of the published language, to test what has to hold for all of them. Found in the class
 * files and made from their components, so that no new message can be forgotten.
 */
public final class SampleRecords {

    private final boolean nullWhereAllowed;
    private int lastNumber;

    private SampleRecords(boolean nullWhereAllowed) {
        this.nullWhereAllowed = nullWhereAllowed;
    }

    /** All records there are: commands, events, queries, their answers, and what these consist of. */
    public static List<Class<? extends Record>> types() {
        try {
            Path source = Path.of(MessageFamilies.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(source)) {
                return typesBelow(source);
            }
            try (FileSystem jar = FileSystems.newFileSystem(source)) {
                return typesBelow(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Class<? extends Record>> typesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .sorted()
                    .map(SampleRecords::typeIn)
                    // How a message is read is none.
                    .filter(type -> type.isRecord() && type != EventRevision.class)
                    .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
                    .toList();
        }
    }

    private static Class<?> typeIn(String classFile) {
        String name = classFile.substring(0, classFile.length() - ".class".length());
        try {
            return Class.forName(name.replace('/', '.').replace('\\', '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One with a value in every component, down to the last. */
    public static Record complete(Class<? extends Record> type) {
        return new SampleRecords(false).record(type);
    }

    /** One with null wherever a component may be null. */
    public static Record sparse(Class<? extends Record> type) {
        return new SampleRecords(true).record(type);
    }

    private Record record(Class<? extends Record> type) {
        if (type == Money.class) {
            return eur("19.90");
        }
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Stream.of(components).map(this::value).toArray();
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no sample of " + type + ": teach it to " + SampleRecords.class, e);
        }
    }

    private @Nullable Object value(RecordComponent component) {
        return nullWhereAllowed && component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                ? null
                : value(component.getGenericType(), component.getName());
    }

    private Object value(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), name);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return record(plain.asSubclass(Record.class));
        }
        if (plain.isEnum()) {
            Object[] constants = plain.getEnumConstants();
            return constants[constants.length - 1];
        }
        if (plain == String.class) {
            // Fits the format of identifiers as well.
            return name + "-" + ++lastNumber;
        }
        if (plain == int.class || plain == Integer.class) {
            return ++lastNumber;
        }
        if (plain == long.class || plain == Long.class) {
            return (long) ++lastNumber;
        }
        if (plain == double.class || plain == Double.class) {
            return ++lastNumber + 0.5;
        }
        if (plain == boolean.class) {
            return true;
        }
        if (plain == UUID.class) {
            return UUID.nameUUIDFromBytes((name + ++lastNumber).getBytes(UTF_8));
        }
        if (plain == LocalDate.class) {
            return LocalDate.parse("2026-11-21").plusDays(++lastNumber);
        }
        if (plain == Instant.class) {
            return Instant.parse("2026-11-21T10:15:30.123456Z").plusSeconds(++lastNumber);
        }
        throw new IllegalStateException("no sample of " + type + ": teach it to " + SampleRecords.class);
    }

    private Object container(Class<?> raw, Type[] arguments, String name) {
        if (raw == List.class) {
            return List.of(value(arguments[0], name), value(arguments[0], name));
        }
        if (raw == Set.class) {
            return Set.of(value(arguments[0], name));
        }
        if (raw == Map.class) {
            return Map.of("text", name, "number", ++lastNumber, "list", List.of("a", "b"), "map", Map.of("yes", true));
        }
        throw new IllegalStateException("no sample of " + raw + ": teach it to " + SampleRecords.class);
    }
}
