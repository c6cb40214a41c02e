package io.orderworkflow.platform.deadletter;

import io.orderworkflow.api.Page;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.admin.DeadLetterActions;
import io.orderworkflow.api.admin.DeadLetterPage;
import io.orderworkflow.api.admin.DiscardDeadLetters;
import io.orderworkflow.api.admin.FindDeadLetterActions;
import io.orderworkflow.api.admin.FindDeadLetters;
import io.orderworkflow.api.admin.RetryDeadLetters;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.deadletter.DeadLetters.Selection;
import io.orderworkflow.platform.processing.Operator;
import java.time.Clock;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Shows operators the events that projections could not handle, and does about them what they decide. */
final class DeadLetterAdministration {

    private static final String IS_PROCESSOR = """
            select exists (select from token_entry where processor_name = ? and processor_name <> '__config')
                or exists (select from dead_letter_entry where processing_group = ?)
            """;

    private final DeadLetters letters;
    private final DeadLetterJournal journal;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    DeadLetterAdministration(DeadLetters letters, DeadLetterJournal journal, JdbcTemplate jdbc, Clock clock) {
        this.letters = letters;
        this.journal = journal;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @QueryHandler
    Optional<DeadLetterPage> handle(FindDeadLetters query) {
        if (query.processor() != null && !isProcessor(query.processor())) {
            return Optional.empty();
        }
        Selection selection = new Selection(query.processor(), query.sequence(), query.cause(), query.state());
        return Optional.of(new DeadLetterPage(
                letters.find(selection, (long) query.page() * query.size(), query.size()),
                Page.of(query.page(), query.size(), letters.count(selection))));
    }

    private boolean isProcessor(String name) {
        return Boolean.TRUE.equals(jdbc.queryForObject(IS_PROCESSOR, Boolean.class, name, name));
    }

    @QueryHandler
    DeadLetterActions handle(FindDeadLetterActions query) {
        return new DeadLetterActions(journal.actions(query.processor(), query.sequence()));
    }

    @CommandHandler
    int handle(RetryDeadLetters command, MetaData from) {
        Selection selection = new Selection(command.processor(), command.sequence(), command.cause(), null);
        return found(
                letters.retry(selection, Operator.of(from), clock.instant()), command.processor(), command.sequence());
    }

    @CommandHandler
    int handle(DiscardDeadLetters command, MetaData from) {
        Selection selection = new Selection(command.processor(), command.sequence(), null, null);
        return found(
                letters.discard(selection, command.all(), Operator.of(from), command.reason(), clock.instant()),
                command.processor(),
                command.sequence());
    }

    private static int found(int number, String processor, @Nullable String sequence) {
        if (number == 0) {
            throw new CommandRefusedException(
                    Refusal.Code.UNKNOWN,
                    sequence != null
                            ? "No events of %s are parked for %s.".formatted(sequence, processor)
                            : "No such events are parked for %s.".formatted(processor));
        }
        return number;
    }
}
