/* cgroup.h: the processors that the control groups of this process allow. */
#ifndef TSL_BASE_CGROUP_H
#define TSL_BASE_CGROUP_H

/* Whole processors, rounded up, of the least quota of the process's group and
 * of all above it, by cgroup v2 (cpu.max) and v1 (cpu.cfs_quota_us); 0 where
 * there is none. root: "", or a folder that holds a proc and a sys of a test's
 * making. */
int tsl__cgroup_get_processors(const char *root);

#endif
