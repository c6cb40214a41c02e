package io.orderworkflow.platform.messaging;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.orderworkflow.api.MessageFamilies;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Writes messages, tokens, and the state of sagas and aggregates as JSON.
 *
 * <p>Events are stored under their logical names ({@code OrderPlaced}), so that moving a class is no migration. Of all
 * other types only ours, Axon's, and plain values are read: whoever can write to the store cannot name any other class.
 */
public final class MessageSerializer extends Jackson3Serializer {

    private static final Map<String, String> CLASS_NAMES =
            MessageFamilies.events().collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Class::getName));

    private static final Set<String> PLAIN_VALUES = Set.of(
            "java.lang.Boolean",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.String",
            "java.time.Instant",
            "java.util.ArrayList",
            "java.util.Collections$EmptyList",
            "java.util.LinkedHashMap");

    /** Found by searching annotations and names, for every message. */
    private final Map<Class<?>, SerializedType> types = new ConcurrentHashMap<>();

    /** Found by class loaders, for every message that is read. */
    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

    /** Creates the serializer, configured against the traps that Jackson 3 sets for Axon. */
    public MessageSerializer() {
        super(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(MessageSerializer::configure));
    }

    private static void configure(JsonMapper.Builder mapper) {
        mapper
                // Private state without getters would be written as {} and come back empty, without an error.
                .changeDefaultVisibility(visibility -> visibility.withFieldVisibility(Visibility.ANY))
                // Final collections in private state would be written, but silently not read back.
                .enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(Include.NON_NULL))
                // A replay token names the class of its context; the default validator refuses every one.
                .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                        .allowIfSubType("org.axonframework.")
                        .build());
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // The signature is Axon's.
    public SerializedType typeForClass(Class type) {
        return type == null ? SerializedType.emptyType() : types.computeIfAbsent(type, this::nameOf);
    }

    private SerializedType nameOf(Class<?> type) {
        SerializedType named = super.typeForClass(type);
        return CLASS_NAMES.containsValue(named.getName())
                ? new SimpleSerializedType(type.getSimpleName(), named.getRevision())
                : named;
    }

    @Override
    protected String resolveClassName(SerializedType serializedType) {
        String name = serializedType.getName();
        return CLASS_NAMES.getOrDefault(name, name);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        if (SerializedType.emptyType().equals(type)) {
            return super.classForType(type);
        }
        String name = resolveClassName(type);
        Class<?> known = classes.get(name);
        return known != null ? known : find(name, type);
    }

    private Class<?> find(String name, SerializedType type) {
        Class<?> found = mayBeRead(name) ? super.classForType(type) : UnknownSerializedType.class;
        if (found != UnknownSerializedType.class) {
            classes.put(name, found);
        }
        return found;
    }

    private static boolean mayBeRead(String className) {
        return className.startsWith("io.orderworkflow.")
                || className.startsWith("org.axonframework.")
                || PLAIN_VALUES.contains(className);
    }
}
