/* fuzz_config.c: any bytes as a configuration. */
#include "cli/ask/config.h"
#include "cli/show/print.h"
#include "cli/system/arena.h"
#include "fuzz/fuzz_table.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static cli_settings set;
    tsl_error err = {TSL_OK, ""};
    char path[40];
    const int fd = memfd_create("config", 0);
    FUZZ_MUST(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    cli_say_quietly(1);
    cli_settings_defaults(&set);
    set.config = path;
    tsl_status status = cli_config_read(&set, &err);
    FUZZ_MUST((status == TSL_OK) == (err.message[0] == '\0'));
    if (status == TSL_OK) {
        status = cli_settings_check(&set, &err);
        FUZZ_MUST(status == TSL_OK || err.message[0]);
        FUZZ_MUST(cli_settings_get_json(&set, 0)[0] == '{');
    }
    close(fd);
    cli_arena_free();
    return 0;
}
