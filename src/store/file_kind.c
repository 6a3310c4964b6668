/* file_kind.c: what a file is, by its first bytes. */
#include <tesela/store.h>

#include "base/error.h"
#include "store/attribute.h"
#include "store/hdf.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_BYTES 4096

/* HDF5's may stand at 0, 512, 1024, ...: files of MATLAB have it at 512. */
#define HDF5 "\x89HDF\r\n\x1a\n"
#define XZ "\xfd\x37zXZ"

/* Of what Tesela reads, only texts are compressed. What texts in UTF-16 are
 * good for is for the table room to say. */
static const struct {
    size_t offset, length;
    const char *bytes, *kind;
} signatures[] = {
    {0, 8, HDF5, "hdf5"},      {512, 8, HDF5, "hdf5"},     {1024, 8, HDF5, "hdf5"},
    {2048, 8, HDF5, "hdf5"},   {0, 6, "\x93NUMPY", "npy"}, {0, 4, "\x28\xb5\x2f\xfd", "csv"},
    {0, 5, XZ, "csv"},         {0, 2, "\x1f\x8b", "csv"},  {0, 2, "\xff\xfe", "csv"},
    {0, 2, "\xfe\xff", "csv"},
};

/* The next byte that is no space, or NUL. */
static char next(const char *head, size_t count, size_t *at)
{
    while (*at < count && strchr(" \t\r\n", head[*at]) && head[*at]) {
        ++*at;
    }
    return *at < count ? head[(*at)++] : '\0';
}

/* '{' before a name or '}', or '[' before another bracket: a header such as
 * "[Year],[Sales]" is CSV. */
static int is_json(const char *head, size_t count)
{
    size_t at = count >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    char first = next(head, count, &at), second = next(head, count, &at);
    return (first == '{' && (second == '"' || second == '}')) || (first == '[' && (second == '{' || second == '['));
}

static const char *kind_of(const char *head, size_t count)
{
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        size_t offset = signatures[i].offset, length = signatures[i].length;
        if (offset + length <= count && memcmp(head + offset, signatures[i].bytes, length) == 0) {
            return signatures[i].kind;
        }
    }
    if (count == 0 || memchr(head, '\0', count)) {
        return "unknown";
    }
    return is_json(head, count) ? "json" : "csv";
}

/* Which of Tesela's files it is. */
static const char *kind_of_hdf(int fd)
{
    static const char *const ours[] = {"features", "model"};
    const char *kind = "hdf5";
    char name[64];
    tsl__hdf hdf;
    if (tsl__hdf_open(&hdf, fd)) {
        return kind;
    }
    if (tsl__attribute_get_text(hdf.file, "tesela", name, sizeof name) == 0) {
        for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
            kind = strcmp(name, ours[i]) == 0 ? ours[i] : kind;
        }
    }
    tsl__hdf_close(&hdf);
    return kind;
}

tsl_status tsl_file_get_kind(const char *path, const char **kind, tsl_error *err)
{
    char head[HEAD_BYTES];
    struct stat there;
    *kind = "unknown";
    if (strcmp(path, "-") == 0) { /* standard input is not looked at: a pipe gives its bytes once */
        *kind = "csv";
        return TSL_OK;
    }
    if (stat(path, &there)) {
        return tsl__error_errno(err, errno, path, "cannot be read");
    }
    if (S_ISDIR(there.st_mode)) {
        return tsl__error_set(err, TSL_E_NOT_FOUND, "%s: is a folder, expected a file", path);
    }
    if (!S_ISREG(there.st_mode)) {
        *kind = "csv";
        return TSL_OK;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t count = fd < 0 ? -1 : pread(fd, head, sizeof head, 0);
    tsl_status status = count < 0 ? tsl__error_errno(err, errno, path, "cannot be read") : TSL_OK;
    if (status == TSL_OK) {
        *kind = kind_of(head, (size_t)count);
        *kind = strcmp(*kind, "hdf5") == 0 ? kind_of_hdf(fd) : *kind;
    }
    if (fd >= 0) {
        close(fd);
    }
    return status;
}
