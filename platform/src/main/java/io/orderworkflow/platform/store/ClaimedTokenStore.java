package io.orderworkflow.platform.store;

import java.sql.Connection;
import java.sql.ResultSet;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;

/**
 * Stores the tokens of those who hold the claim, and of nobody else.
 *
 * <p>Axon's store lets a processor whose claim is gone store its token all the same if nobody else has claimed it by
 * then. So whoever takes a claim away, to change the token or how many there are, would be overwritten by a processor
 * that does not know of it. Here its batch fails and is rolled back, and it claims what is there now.
 */
final class ClaimedTokenStore extends JdbcTokenStore {

    ClaimedTokenStore(Builder builder) {
        super(builder);
    }

    /** Called where the token was not found among those that this node has claimed. */
    @Override
    protected void updateToken(
            Connection connection, ResultSet found, TrackingToken token, String processorName, int segment) {
        throw new UnableToClaimTokenException(
                "the claim of segment %d of %s is lost".formatted(segment, processorName));
    }
}
