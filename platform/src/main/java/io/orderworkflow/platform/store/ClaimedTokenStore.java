package io.orderworkflow.platform.store;

import java.sql.Connection;
import java.sql.ResultSet;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores the tokens of those who hold the claim, and of nobody else.
 *
 * <p>Axon's store lets a processor whose claim is gone store its token all the same if nobody else has claimed it by
 * then, and to extend a claim that is gone is to claim it anew. So whoever takes a claim away, to change the token or how
 * many there are, would be overwritten by a processor that does not know of it; or one that knows of two segments would
 * go on with its half of what is a single one, and nobody would ever handle the other half. Here its batch fails and is
 * rolled back, and it claims what is there now.
 */
final class ClaimedTokenStore extends JdbcTokenStore {

    private static final String EXTEND =
            "update token_entry set timestamp = ? where processor_name = ? and segment = ? and owner = ?";

    private final JdbcTemplate jdbc;
    private final String node;

    /**
     * Creates the store.
     *
     * @param node whose claims they are; the builder's node
     */
    ClaimedTokenStore(Builder builder, JdbcTemplate jdbc, String node) {
        super(builder);
        this.jdbc = jdbc;
        this.node = node;
    }

    /** Called where the token was not found among those that this node has claimed. */
    @Override
    protected void updateToken(
            Connection connection, ResultSet found, TrackingToken token, String processorName, int segment) {
        throw lost(processorName, segment);
    }

    @Override
    public void extendClaim(String processorName, int segment) {
        String now = DateTimeUtils.formatInstant(GenericEventMessage.clock.instant());
        if (jdbc.update(EXTEND, now, processorName, segment, node) == 0) {
            throw lost(processorName, segment);
        }
    }

    private static UnableToClaimTokenException lost(String processorName, int segment) {
        return new UnableToClaimTokenException(
                "the claim of segment %d of %s is lost".formatted(segment, processorName));
    }
}
