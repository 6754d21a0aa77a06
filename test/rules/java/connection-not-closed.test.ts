import { connectionNotClosed } from "../../../src/rules/java/connection-not-closed.ts";
import { rule } from "../../harness/rule.ts";

const dao = (members: string, imports = ""): string => `
//- src/main/java/depot/Stock.java
package depot;
${imports}
import java.sql.*;
import java.util.*;
import javax.sql.DataSource;
import net.sf.jasperreports.engine.*;
import org.springframework.jdbc.core.JdbcTemplate;
class Stock {
    private DataSource pool;
    private JdbcTemplate jdbc;
    private Connection kept;
${members}
}
`;

rule(connectionNotClosed, {
  reports: {
    "a variable that nobody closes": dao(`
    int count() throws SQLException {
        Connection connection = pool.getConnection();
                                   //^^^^^^^^^^^^^^^ 💡 pool.getConnection() is never closed
        ResultSet rows = connection.createStatement().executeQuery("select count(*) from stock");
        return rows.next() ? rows.getInt(1) : 0;
    }`),
    "only its statement is closed": dao(`
    void clear() throws SQLException {
        try (Statement statement = pool.getConnection().createStatement()) {
                                      //^^^^^^^^^^^^^^^ pool.getConnection() is never closed
            statement.execute("delete from stock");
        }
    }`),
    "the pool behind a template": dao(`
    String database() throws SQLException {
        return jdbc.getDataSource().getConnection().getCatalog();
                                  //^^^^^^^^^^^^^^^ 💡 getDataSource().getConnection() is never closed
    }`),
    "lent to a report": dao(`
    JasperPrint print(JasperReport report) throws Exception {
        return JasperFillManager.fillReport(report, Map.of(), pool.getConnection());
                                                                 //^^^^^^^^^^^^^^^ 💡 pool.getConnection() is never closed
    }`),
    "lent to a method that leaves it open": dao(`
    void clear() throws SQLException {
        clear(pool.getConnection());
                 //^^^^^^^^^^^^^^^ 💡 pool.getConnection() is never closed
    }

    private void clear(Connection connection) throws SQLException {
               //~~~~~ Stock.clear leaves it open
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from stock");
        }
    }`),
    "set to a variable that is there": dao(`
    void clear() {
        Connection connection = null;
        try {
            connection = pool.getConnection();
                            //^^^^^^^^^^^^^^^ pool.getConnection() is never closed
            connection.createStatement().execute("delete from stock");
        } catch (SQLException e) {
            if (connection != null) throw new IllegalStateException(e);
        }
    }`),
    "closed where nothing fails": dao(`
    void clear() throws SQLException {
        Connection connection = pool.getConnection();
                                   //^^^^^^^^^^^^^^^ pool.getConnection() stays open when createStatement fails
        connection.createStatement().execute("delete from stock");
        connection.close();
    }`),
    "in a message of an error": dao(`
    void unknown() throws SQLException {
        throw new IllegalStateException(pool.getConnection().getMetaData().getURL());
                                           //^^^^^^^^^^^^^^^ pool.getConnection() is never closed
    }`),
  },
  ignores: {
    "a resource": dao(`
    void clear() throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("delete from stock");
        }
    }`),
    "a variable that becomes a resource": dao(`
    void clear() throws SQLException {
        Connection connection = pool.getConnection();
        try (connection) {
            connection.createStatement().execute("delete from stock");
        }
    }`),
    "closed in any case": dao(`
    void clear() throws SQLException {
        Connection connection = null;
        try {
            connection = pool.getConnection();
            connection.createStatement().execute("delete from stock");
        } finally {
            if (connection != null) connection.close();
        }
    }`),
    "closed by a helper": dao(`
    void clear() throws SQLException {
        Connection connection = pool.getConnection();
        try {
            connection.createStatement().execute("delete from stock");
        } finally {
            Quietly.close(connection);
        }
    }`),
    "closed where it failed, too": dao(`
    void clear() throws SQLException {
        Connection connection = pool.getConnection();
        try {
            connection.createStatement().execute("delete from stock");
            connection.close();
        } catch (SQLException e) {
            connection.close();
        }
    }`),
    "given to whoever asked": dao(`
    Connection open() throws SQLException { return pool.getConnection(); }
    Connection ready() throws SQLException {
        Connection connection = pool.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }`),
    "kept in a field": dao(`
    void open() throws SQLException { kept = pool.getConnection(); }`),
    "given to something that may close it": dao(`
    void migrate() throws Exception {
        Database database = new Database(new JdbcConnection(pool.getConnection()));
        database.close();
        Connection connection = pool.getConnection();
        Migrator.run(connection);
    }`),
    "a method that closes what it is given": dao(`
    void clear() throws SQLException { clear(pool.getConnection()); }
    private void clear(Connection connection) throws SQLException {
        try (connection) { connection.createStatement().execute("delete from stock"); }
    }`),
    "another kind of connection": dao(`
    void ping(Broker pool) { pool.getConnection().send("ping"); }`),
    "closed by Lombok": dao(
      `
    void clear() throws SQLException {
        @Cleanup Connection connection = pool.getConnection();
        connection.createStatement().execute("delete from stock");
    }`,
      "import lombok.Cleanup;",
    ),
    "a migration that runs once": dao("").replace(
      "class Stock {",
      `class V2__Fill {
    private DataSource pool;
    public void migrate() throws SQLException { pool.getConnection().createStatement().execute("select 1"); }
}
class Stock {`,
    ),
  },
  fixes: {
    "a variable that nobody closes": dao(`
    int count() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            ResultSet rows = connection.createStatement().executeQuery("select count(*) from stock");
            return rows.next() ? rows.getInt(1) : 0;
        }
    }`),
    "lent to a report": dao(`
    JasperPrint print(JasperReport report) throws Exception {
        try (Connection connection = pool.getConnection()) {
            return JasperFillManager.fillReport(report, Map.of(), connection);
        }
    }`),
  },
});
