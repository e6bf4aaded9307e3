-- Three roles. The site runs as runde_app and refuses to start as anything stronger.
CREATE ROLE runde_owner LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS;
CREATE ROLE runde_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE ROLE runde_check LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS;
ALTER ROLE runde_check SET default_transaction_read_only = on;
