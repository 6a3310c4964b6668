/* files.c: small files as texts. */
#include "files.h"

#include "fail.h"
#include "pool.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#define BYTES_MAX ((size_t)1 << 26) /* a summary holds aggregates only */

int cli_is_folder(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

tsl_status cli_file_read(const char *path, const char **text, tsl_error *err)
{
    struct stat there;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &there) != 0) {
        tsl_status status = cli_fail_errno(err, path, "cannot be opened");
        if (file) {
            fclose(file);
        }
        return status;
    }
    size_t size = there.st_size > 0 ? (size_t)there.st_size : 0;
    if (!S_ISREG(there.st_mode) || size > BYTES_MAX) {
        fclose(file);
        return cli_fail(err, TSL_E_FORMAT, "%s: is no file that tesela wrote", path);
    }
    char *bytes = cli_take(size + 1, 1);
    size_t count = fread(bytes, 1, size, file);
    tsl_status status = ferror(file) ? cli_fail_errno(err, path, "cannot be read") : TSL_OK;
    fclose(file);
    bytes[count] = '\0';
    *text = bytes;
    return status;
}
