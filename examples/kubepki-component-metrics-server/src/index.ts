export { apiService } from './api-service.ts';
export { metricsServer } from './metrics-server.ts';
