package io.orderworkflow.platform.postgres;

import java.io.IOException;
import java.io.OutputStream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The smallest program that keeps something in the database; run in JVMs of its own that can be killed. Writes one note
 * at every start, and says how many there are when it is ready and once more while it closes.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    EmbeddedPostgresAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class
})
class NotebookProgram {

    public static void main(String[] arguments) {
        Thread watch = new Thread(NotebookProgram::exitWithParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        SpringApplication.run(NotebookProgram.class, arguments);
    }

    /** The test holds the other end of the standard input; when it is gone, nobody else would end this program. */
    private static void exitWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException parentGone) {
            // As good as the end of it.
        }
        System.exit(0);
    }

    @Bean
    Notebook notebook(JdbcClient jdbc, JdbcConnectionDetails database) {
        return new Notebook(jdbc, database);
    }

    static final class Notebook implements DisposableBean {

        private final JdbcClient jdbc;
        private final JdbcConnectionDetails database;

        Notebook(JdbcClient jdbc, JdbcConnectionDetails database) {
            this.jdbc = jdbc;
            this.database = database;
        }

        @EventListener(ApplicationReadyEvent.class)
        void writeOneNote() {
            jdbc.sql("CREATE TABLE IF NOT EXISTS note (at timestamptz)").update();
            jdbc.sql("INSERT INTO note VALUES (now())").update();
            say("ready with %d notes at %s".formatted(notes(), database.getJdbcUrl()));
        }

        @Override
        public void destroy() {
            say("closing with %d notes".formatted(notes()));
        }

        private long notes() {
            return jdbc.sql("SELECT count(*) FROM note").query(Long.class).single();
        }

        private static void say(String sentence) {
            System.out.println(sentence);
        }
    }
}
