/* hdf.c: sessions with HDF5, which is neither quiet nor for several threads. */
#include "store/hdf.h"

#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Recursive, as one thread may hold several files open. */
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

/* The host's error handler, put back when the last session ends; guarded by lock. */
static struct {
    int sessions;
    unsigned second_version;
    H5E_auto1_t print1;
    H5E_auto2_t print2;
    void *data;
} host;

void tsl_store_open(void)
{
    H5dont_atexit();
}

static void enter(void)
{
    pthread_mutex_lock(&lock);
    if (host.sessions++ == 0) {
        H5Eauto_is_v2(H5E_DEFAULT, &host.second_version);
        if (host.second_version) {
            H5Eget_auto2(H5E_DEFAULT, &host.print2, &host.data);
            H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
        } else {
            H5Eget_auto1(&host.print1, &host.data);
            H5Eset_auto1(NULL, NULL);
        }
    }
}

static void leave(void)
{
    if (--host.sessions == 0) {
        if (host.second_version) {
            H5Eset_auto2(H5E_DEFAULT, host.print2, host.data);
        } else {
            H5Eset_auto1(host.print1, host.data);
        }
    }
    pthread_mutex_unlock(&lock);
}

const char *tsl_store_get_version(void)
{
    static char text[48]; /* written once, guarded by lock */
    unsigned major = 0, minor = 0, release = 0;
    enter();
    if (!text[0] && H5get_libversion(&major, &minor, &release) >= 0) {
        snprintf(text, sizeof text, "%u.%u.%u", major, minor, release);
    }
    leave();
    return text;
}

int tsl__group_set(hid_t creation)
{
    return H5Pset_obj_track_times(creation, 0) < 0 || H5Pset_link_phase_change(creation, UINT16_MAX, 0) < 0 ? -1 : 0;
}

/* The oldest format that has checksums over all that describes the arrays, and
 * that every reader knows; no times in the file. */
static int open_file(tsl__hdf *hdf, int fd, int create)
{
    struct stat there;
    *hdf = (tsl__hdf){.file = -1, .driver = -1, .disk = {.fd = fd}};
    enter();
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), creation = H5Pcreate(H5P_FILE_CREATE);
    if (access >= 0 && creation >= 0 && fstat(fd, &there) == 0 &&
        H5Pset_libver_bounds(access, H5F_LIBVER_V18, create ? H5F_LIBVER_V18 : H5F_LIBVER_LATEST) >= 0 &&
        H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) >= 0 && tsl__group_set(creation) == 0 &&
        (hdf->driver = tsl__driver_open(access, &hdf->disk)) >= 0) {
        hdf->disk.end = (uint64_t)there.st_size;
        hdf->file =
            create ? H5Fcreate("tesela", H5F_ACC_TRUNC, creation, access) : H5Fopen("tesela", H5F_ACC_RDONLY, access);
    }
    H5Pclose(creation);
    H5Pclose(access);
    if (hdf->file < 0) {
        tsl__hdf_close(hdf);
        return -1;
    }
    return 0;
}

int tsl__hdf_create(tsl__hdf *hdf, int fd)
{
    return open_file(hdf, fd, 1);
}

int tsl__hdf_open(tsl__hdf *hdf, int fd)
{
    return open_file(hdf, fd, 0);
}

/* Opens path for reading, as a file that is no folder or pipe. */
static tsl_status open_plain(const char *path, int *fd, tsl_error *err)
{
    struct stat there;
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0 || fstat(*fd, &there)) {
        return tsl__error_errno(err, errno, path, "cannot be read");
    }
    if (!S_ISREG(there.st_mode)) {
        return tsl__error_set(err, TSL_E_FORMAT, "%s: is %s, expected an HDF5 file", path,
                              S_ISDIR(there.st_mode) ? "a folder" : "no plain file");
    }
    return TSL_OK;
}

tsl_status tsl__hdf_open_path(const char *path, tsl__hdf *hdf, int *fd, tsl_error *err)
{
    static const char signature[8] = "\x89HDF\r\n\x1a\n";
    char begin[sizeof signature] = {0};
    tsl_status status = open_plain(path, fd, err);
    if (status == TSL_OK && tsl__hdf_open(hdf, *fd) && hdf->disk.code == ENOMEM) {
        status = tsl__error_nomem(err);
    } else if (status == TSL_OK && hdf->file < 0) {
        int ours = pread(*fd, begin, sizeof begin, 0) == sizeof begin && memcmp(begin, signature, sizeof begin) == 0;
        status = tsl__error_set(err, TSL_E_FORMAT, "%s: is %s", path,
                                ours ? "an HDF5 file that is damaged or cut short" : "no HDF5 file");
    }
    if (status != TSL_OK && *fd >= 0) {
        close(*fd);
        *fd = -1;
    }
    return status;
}

int tsl__hdf_close(tsl__hdf *hdf)
{
    int failed = hdf->file >= 0 && H5Fclose(hdf->file) < 0;
    if (hdf->driver >= 0) {
        H5FDunregister(hdf->driver);
    }
    hdf->file = hdf->driver = -1;
    leave();
    return failed || hdf->disk.code ? -1 : 0;
}

int tsl__hdf_check(const tsl__hdf *hdf, const char *path)
{
    char *step = tsl__strdup(path);
    int there = step ? path[0] != '\0' : -1;
    for (size_t i = 1; there > 0 && step[i - 1]; i++) {
        if (step[i] == '/' || step[i] == '\0') {
            H5L_info_t link;
            step[i] = '\0';
            there = H5Lget_info(hdf->file, step, &link, H5P_DEFAULT) >= 0 && link.type == H5L_TYPE_HARD;
            step[i] = path[i];
        }
    }
    free(step);
    return there;
}
