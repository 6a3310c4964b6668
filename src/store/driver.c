/* driver.c: the HDF5 file driver over a descriptor or memory, which never fails at closing. */
#include "store/driver.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The struct of a driver grew in 1.13, and may again. */
#if !H5_VERSION_GE(1, 10, 0)
#error "src/store needs HDF5 1.10 or later"
#elif defined H5FD_CLASS_VERSION && H5FD_CLASS_VERSION != 1
#error "src/store/driver.c does not know this version of HDF5's struct for file drivers"
#endif

typedef struct driver_file {
    H5FD_t head; /* HDF5's part: first */
    tsl__disk *disk;
    haddr_t end_allocated;
} driver_file;

int tsl__disk_read(tsl__disk *disk, void *bytes, size_t count, uint64_t offset)
{
    char *at = bytes;
    if (disk->fd < 0) {
        if (count && (offset > disk->end || count > disk->end - offset)) {
            disk->code = disk->code ? disk->code : EIO;
            return -1;
        }
        if (count) {
            memcpy(bytes, disk->bytes + offset, count);
        }
        return 0;
    }
    while (count) {
        ssize_t got = pread(disk->fd, at, count, (off_t)offset);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            disk->code = disk->code ? disk->code : got < 0 ? errno : EIO;
            return -1;
        }
        at += got;
        count -= (size_t)got;
        offset += (uint64_t)got;
    }
    return 0;
}

/* Memory that is written reaches to `end`, with zeros where nothing was. */
static void grow(tsl__disk *disk, uint64_t end)
{
    void *bytes = disk->bytes;
    size_t before = disk->capacity;
    if (tsl__reserve(&bytes, &disk->capacity, (size_t)end, 1)) {
        disk->code = ENOMEM;
        return;
    }
    disk->bytes = bytes;
    memset(disk->bytes + before, 0, disk->capacity - before);
}

void tsl__disk_announce(tsl__disk *disk, uint64_t end)
{
    if (disk->direct && disk->end < end) {
        (void)fallocate(disk->fd, 0, (off_t)disk->end, (off_t)(end - disk->end));
    }
    disk->end = disk->end < end ? end : disk->end;
}

void tsl__disk_open_direct(tsl__disk *disk)
{
#ifdef O_DIRECT
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", disk->fd);
    const int fd = disk->fd < 0 ? -1 : open(path, O_WRONLY | O_DIRECT | O_CLOEXEC);
    disk->direct = fd > 0 ? fd : 0;
#endif
}

void tsl__disk_close_direct(tsl__disk *disk)
{
    if (disk->direct) {
        close(disk->direct);
    }
    disk->direct = 0;
}

/* Bytes of a write, from its beginning on, that may go past the page cache. */
static size_t count_direct(const tsl__disk *disk, const char *at, size_t count, uint64_t offset)
{
    const int fits =
        disk->direct && count >= TSL__DISK_LONG && (uintptr_t)at % TSL__DISK_PAGE == 0 && offset % TSL__DISK_PAGE == 0;
    return fits ? count / TSL__DISK_PAGE * TSL__DISK_PAGE : 0;
}

/* As pwrite. */
static ssize_t write_some(const tsl__disk *disk, const char *at, size_t count, uint64_t offset)
{
    const size_t direct = count_direct(disk, at, count, offset);
    const ssize_t put = direct ? pwrite(disk->direct, at, direct, (off_t)offset) : -1;
    return put < 0 && (!direct || errno == EINVAL) ? pwrite(disk->fd, at, count, (off_t)offset) : put;
}

int tsl__disk_write(tsl__disk *disk, const void *bytes, size_t count, uint64_t offset)
{
    const char *at = bytes;
    if (disk->fd < 0 && !disk->code) {
        grow(disk, offset + count);
    }
    if (disk->end < offset + count) { /* else nothing is said, as another thread may look */
        disk->end = offset + count;
    }
    if (disk->fd < 0) {
        if (count && !disk->code) {
            memcpy(disk->bytes + offset, bytes, count);
        }
        return disk->code ? -1 : 0;
    }
    while (count && !disk->code) {
        ssize_t put = write_some(disk, at, count, offset);
        if (put < 0 && errno != EINTR) {
            disk->code = errno;
        } else if (put > 0) {
            at += put;
            count -= (size_t)put;
            offset += (uint64_t)put;
        }
    }
    return disk->code ? -1 : 0;
}

static tsl__disk *disk_of(const H5FD_t *file)
{
    return ((const driver_file *)file)->disk;
}

static H5FD_t *driver_open(const char *name, unsigned flags, hid_t access, haddr_t highest)
{
    (void)name;
    (void)flags; /* the descriptor is open as it should be, and new where it is written */
    (void)highest;
    tsl__disk *const *disk = H5Pget_driver_info(access);
    driver_file *file = disk ? tsl__alloc_zero(1, sizeof *file) : NULL;
    if (file) {
        file->disk = *disk;
    } else if (disk) {
        (*disk)->code = ENOMEM;
    }
    return file ? &file->head : NULL;
}

static herr_t driver_close(H5FD_t *file)
{
    free(file);
    return 0;
}

static herr_t driver_query(const H5FD_t *file, unsigned long *flags)
{
    (void)file;
    *flags = H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    return 0;
}

static haddr_t driver_get_eoa(const H5FD_t *file, H5FD_mem_t type)
{
    (void)type;
    return ((const driver_file *)file)->end_allocated;
}

static herr_t driver_set_eoa(H5FD_t *file, H5FD_mem_t type, haddr_t address)
{
    (void)type;
    ((driver_file *)file)->end_allocated = address;
    return 0;
}

static haddr_t driver_get_eof(const H5FD_t *file, H5FD_mem_t type)
{
    (void)type;
    return disk_of(file)->end;
}

static herr_t driver_read(H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size, void *buffer)
{
    (void)type;
    (void)transfer;
    /* Beyond the end stand zeros, as in HDF5's own drivers. */
    tsl__disk *disk = disk_of(file);
    size_t there = address >= disk->end ? 0 : size;
    if (there && size > disk->end - address) {
        there = (size_t)(disk->end - address);
    }
    memset((char *)buffer + there, 0, size - there);
    return tsl__disk_read(disk, buffer, there, address) ? -1 : 0;
}

static herr_t driver_write(H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size,
                           const void *buffer)
{
    (void)type;
    (void)transfer;
    tsl__disk_write(disk_of(file), buffer, size, address);
    return 0;
}

static herr_t driver_truncate(H5FD_t *file, hid_t transfer, hbool_t closing)
{
    (void)transfer;
    (void)closing;
    tsl__disk *disk = disk_of(file);
    haddr_t end = ((const driver_file *)file)->end_allocated;
    if (disk->fd < 0 && end > disk->end && !disk->code) {
        grow(disk, end);
    } else if (disk->fd < 0 && end < disk->end && !disk->code) {
        memset(disk->bytes + end, 0, (size_t)(disk->end - end));
    } else if (disk->fd >= 0 && end != disk->end && !disk->code && ftruncate(disk->fd, (off_t)end)) {
        disk->code = errno;
    }
    disk->end = end;
    return 0;
}

hid_t tsl__driver_open(hid_t access, tsl__disk *disk)
{
    static const H5FD_class_t driver = {
#ifdef H5FD_CLASS_VERSION /* 1.13 and later */
        .version = H5FD_CLASS_VERSION,
        .value = H5_VFD_RESERVED + 232, /* beyond those of HDF5 and of its tests */
#endif
        .name = "tesela",
        .maxaddr = INT64_MAX,
        .fc_degree = H5F_CLOSE_STRONG,
        .fapl_size = sizeof disk,
        .open = driver_open,
        .close = driver_close,
        .query = driver_query,
        .get_eoa = driver_get_eoa,
        .set_eoa = driver_set_eoa,
        .get_eof = driver_get_eof,
        .read = driver_read,
        .write = driver_write,
        .truncate = driver_truncate,
    };
    hid_t id = H5FDregister(&driver);
    if (id >= 0 && H5Pset_driver(access, id, &disk) < 0) {
        H5FDunregister(id);
        id = -1;
    }
    return id;
}
