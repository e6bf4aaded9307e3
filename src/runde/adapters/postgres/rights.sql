-- Rights in one database: the owner makes tables, the site reads and writes rows, the checker only reads.
-- Nobody but the owner may TRUNCATE. Append-only tables lose UPDATE and DELETE in the migration that makes them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS unaccent;
ALTER SCHEMA public OWNER TO runde_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO runde_app, runde_check;
ALTER DEFAULT PRIVILEGES FOR ROLE runde_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO runde_app;
ALTER DEFAULT PRIVILEGES FOR ROLE runde_owner IN SCHEMA public GRANT SELECT ON TABLES TO runde_check;
ALTER DEFAULT PRIVILEGES FOR ROLE runde_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO runde_app;
