"""How the embedded server is set."""

CONFIGURATION = "sertakan.conf"

CONFIGURATION_TEXT = """\
# Written at every start by sertakan.postgres.server.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0700
max_connections = 60
password_encryption = 'scram-sha-256'

# two cores, and months of a whole city written at once
shared_buffers = 256MB
work_mem = 32MB
maintenance_work_mem = 256MB
effective_cache_size = 1GB
max_wal_size = 4GB
min_wal_size = 256MB
checkpoint_timeout = 15min
wal_compression = on
wal_buffers = 16MB
random_page_cost = 1.1
jit = off

# a message of the log names no person: neither the statement nor the key that failed
logging_collector = on
log_directory = '../log'
log_filename = 'postgres-%a.log'
log_file_mode = 0600
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_statement = none
log_min_error_statement = panic
log_error_verbosity = terse
log_line_prefix = '%m [%p] '
log_checkpoints = off
"""
