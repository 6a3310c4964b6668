/* hdf.c: sessions with HDF5, which is neither quiet nor for several threads. */
#include "store/hdf.h"

#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"
#include "store/files/locks.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The host's error handler, put back when the last session ends; guarded by the lock of HDF5. */
static struct {
    int silenced; /* 0: there was no room for HDF5, which begins with its first call, to be asked */
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
    tsl__hdf_lock();
    if (tsl__hdf_get_depth() == 1 && (host.silenced = tsl__memory_has_room())) {
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
    if (tsl__hdf_get_depth() == 1 && host.silenced) {
        if (host.second_version) {
            H5Eset_auto2(H5E_DEFAULT, host.print2, host.data);
        } else {
            H5Eset_auto1(host.print1, host.data);
        }
    }
    tsl__hdf_unlock();
}

const char *tsl_store_get_version(void)
{
    static char text[48]; /* written once, guarded by the lock of HDF5 */
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

static void free_stream(tsl__hdf *hdf)
{
    tsl__stream_close(&hdf->stream);
    free(hdf->whole);
    hdf->whole = NULL;
}

/* The oldest format that has checksums over all that describes the arrays, and
 * that every reader knows; no times in the file. */
static int open_disk(tsl__hdf *hdf, int create)
{
    enter();
    if (!tsl__memory_has_room()) { /* HDF5 1.10 crashes, or ends the process, where it finds none */
        hdf->disk.code = ENOMEM;
        return -1;
    }
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), creation = H5Pcreate(H5P_FILE_CREATE);
    if (access >= 0 && creation >= 0 &&
        H5Pset_libver_bounds(access, H5F_LIBVER_V18, create ? H5F_LIBVER_V18 : H5F_LIBVER_LATEST) >= 0 &&
        H5Pset_alignment(access, TSL__DISK_LONG, TSL__DISK_PAGE) >= 0 &&
        H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) >= 0 && tsl__group_set(creation) == 0 &&
        (hdf->driver = tsl__driver_open(access, &hdf->disk)) >= 0) {
        hdf->file =
            create ? H5Fcreate("tesela", H5F_ACC_TRUNC, creation, access) : H5Fopen("tesela", H5F_ACC_RDONLY, access);
    }
    H5Pclose(creation);
    H5Pclose(access);
    return hdf->file < 0 ? -1 : 0;
}

static tsl__hdf make_closed(int fd)
{
    return (tsl__hdf){.file = -1, .driver = -1, .disk = {.fd = fd}, .stream = {.fd = -1}};
}

int tsl__hdf_create(tsl__hdf *hdf, int fd)
{
    *hdf = make_closed(fd);
    if (open_disk(hdf, 1)) {
        tsl__hdf_close(hdf);
        return -1;
    }
    tsl__disk_open_direct(&hdf->disk);
    return 0;
}

/* Where the bytes are: in the file itself, or in memory. */
static tsl_status find_bytes(tsl__hdf *hdf, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t count = 0;
    if (hdf->stream.plain) {
        hdf->disk.fd = hdf->stream.fd;
        hdf->disk.end = hdf->stream.size;
    } else if (hdf->stream.bytes) {
        hdf->disk.bytes = (char *)(uintptr_t)hdf->stream.bytes; /* only read */
        hdf->disk.end = hdf->stream.size;
    } else {
        TSL__TRY(tsl__stream_read_all(&hdf->stream, &hdf->whole, &count, err));
        hdf->disk.bytes = hdf->whole;
        hdf->disk.end = count;
    }
done:
    return status;
}

static tsl_status refuse_file(tsl__hdf *hdf, tsl_error *err)
{
    static const char signature[8] = "\x89HDF\r\n\x1a\n";
    char begin[sizeof signature];
    if (hdf->disk.code == ENOMEM) {
        return tsl__error_nomem(err);
    }
    if (hdf->disk.code) {
        return tsl__error_errno(err, hdf->disk.code, hdf->stream.name, "cannot be read");
    }
    int ours = hdf->disk.end >= sizeof begin && tsl__disk_read(&hdf->disk, begin, sizeof begin, 0) == 0 &&
               memcmp(begin, signature, sizeof begin) == 0;
    return tsl__error_set(err, TSL_E_FORMAT, "%s: is %s", hdf->stream.name,
                          ours ? "an HDF5 file that is damaged or cut short" : "no HDF5 file");
}

tsl_status tsl__hdf_open(const tsl_source *source, tsl__hdf *hdf, tsl_error *err)
{
    *hdf = make_closed(-1);
    tsl_status status = tsl__stream_open(source, &hdf->stream, err);
    if (status == TSL_OK) {
        status = find_bytes(hdf, err);
    }
    if (status == TSL_OK && open_disk(hdf, 0)) {
        status = refuse_file(hdf, err);
        tsl__hdf_close(hdf);
    } else if (status != TSL_OK) {
        free_stream(hdf);
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
    tsl__disk_close_direct(&hdf->disk);
    free_stream(hdf);
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
