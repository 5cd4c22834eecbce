// ECharts, under an address that names its version, so that browsers may keep it for good. Maven fills in the version.
export * from '/_static/echarts/${echarts.version}/dist/echarts.esm.min.js';
